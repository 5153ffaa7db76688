import { usePushNotifications } from '@brandkit/react/push'
import { useChangeWishes, useWishes, type WishChange } from './use-wishes.ts'

/** How the person wants to be told of tasks that end while no page is open. Empty when the studio can tell nobody. */
export function TellMe() {
  const { data: wishes } = useWishes()
  const change = useChangeWishes()
  if (!wishes?.mail && !wishes?.pushKey) return null
  const { mail, pushKey } = wishes
  // Shown at once; a refusal takes it back.
  const askedMail = change.isPending && 'mail' in change.variables ? change.variables.mail : undefined
  return (
    <fieldset className="tell-me">
      <legend>When it is done and the studio is closed</legend>
      {mail && (
        <label className="tell-me-way">
          <input
            type="checkbox"
            checked={askedMail ?? mail.isOn}
            onChange={({ target }) => change.mutate({ mail: target.checked })}
          />
          Tell me by e-mail <span className="soft">{mail.address}</span>
        </label>
      )}
      {pushKey && <TellThisBrowser publicKey={pushKey} onChange={change.mutateAsync} />}
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
  if (state === 'unsupported') return <p className="soft">This browser cannot show messages of a closed page.</p>
  if (state === 'denied') return <p className="soft">The settings of this browser forbid messages of the studio.</p>
  return (
    <label className="tell-me-way">
      <input
        type="checkbox"
        checked={state === 'on'}
        disabled={isBusy}
        onChange={() => void (state === 'on' ? turnOff() : turnOn())}
      />
      Tell me in this browser
      {error && (
        <span role="alert" className="mistake">
          {error.message}
        </span>
      )}
    </label>
  )
}
