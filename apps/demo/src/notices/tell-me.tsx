import { usePushNotifications } from '@brandkit/react/push'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { t } from '../language/language.ts'
import { network } from '../network/task-service.ts'

/**
 * How the person wants to be told of tasks that end while no page is open. It has its place before the server has answered,
 * so that nothing below it moves; it is empty when the studio can tell nobody.
 */
export function TellMe() {
  const { data: wishes, isPending } = useWishes()
  const change = useChangeWishes()
  const { mail, pushKey } = wishes ?? {}
  if (!isPending && !mail && !pushKey) return null
  // Shown at once; a refusal takes it back.
  const askedMail = change.isPending && 'mail' in change.variables ? change.variables.mail : undefined
  return (
    <fieldset className="tell-me">
      <legend>{t('Tell me about the end when the studio is closed')}</legend>
      <div className="tell-me-ways">
        {mail && (
          <label className="tell-me-way">
            <input
              type="checkbox"
              checked={askedMail ?? mail.isOn}
              onChange={({ target }) => change.mutate({ mail: target.checked })}
            />
            {t('Tell me by e-mail')} <span className="soft">{mail.address}</span>
          </label>
        )}
        {pushKey && <TellThisBrowser publicKey={pushKey} onChange={change.mutateAsync} />}
      </div>
      {change.error && (
        <span role="alert" className="mistake">
          {change.error.message}
        </span>
      )}
    </fieldset>
  )
}

interface TellThisBrowserProps {
  publicKey: string
  onChange: (change: WishChange) => Promise<unknown>
}

function TellThisBrowser({ publicKey, onChange }: TellThisBrowserProps) {
  const { state, isBusy, error, turnOn, turnOff } = usePushNotifications({
    publicKey,
    serviceWorker: '/push-worker.js',
    save: (subscribe) => onChange({ subscribe }),
    remove: ({ endpoint }) => onChange({ unsubscribe: endpoint }),
  })
  if (state === 'checking') return null
  if (state === 'unsupported') return <p className="soft">{t('This browser cannot show messages of a closed page.')}</p>
  if (state === 'denied')
    return <p className="soft">{t('The settings of this browser forbid messages of the studio.')}</p>
  return (
    <label className="tell-me-way">
      <input
        type="checkbox"
        checked={state === 'on'}
        disabled={isBusy}
        onChange={() => void (state === 'on' ? turnOff() : turnOn())}
      />
      {t('Tell me in this browser')}
      {error && (
        <span role="alert" className="mistake">
          {error.message}
        </span>
      )}
    </label>
  )
}

/** How the studio can tell the signed-in person of ended tasks, and what the person has asked for. */
interface Wishes {
  /** Null when the studio has no mail server. */
  mail: { address: string; isOn: boolean } | null
  /** The public key for Web Push; null when the studio has none. */
  pushKey: string | null
}

type WishChange = { mail: boolean } | { subscribe: PushSubscriptionJSON } | { unsubscribe: string | undefined }

const URL = '/api/demo/wishes'
const WISHES = ['studio', 'wishes'] as const

function useWishes() {
  return useQuery({ queryKey: WISHES, queryFn: () => askWishes(), networkMode: 'always', retry: false })
}

function useChangeWishes() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (change: WishChange) => askWishes(change),
    networkMode: 'always',
    onSuccess: (wishes) => queryClient.setQueryData(WISHES, wishes),
  })
}

async function askWishes(change?: WishChange): Promise<Wishes> {
  const response = await network.fetch(URL, {
    ...(change && {
      method: 'POST',
      body: JSON.stringify(change),
      headers: { 'content-type': 'application/json' },
    }),
  })
  if (!response.ok) throw new Error(t('The studio could not keep this. Try again in a moment.'))
  return (await response.json()) as Wishes
}
