import { useTaskContext } from '@brandkit/react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { FormDialog } from '../form/form-dialog.tsx'
import { t } from '../language/language.ts'
import { network, taskService } from '../network/task-service.ts'
import { formatCost } from '../parts/format-quantity.ts'
import { Problem } from '../parts/page-parts.tsx'

const URL = '/api/demo/own-data'

/** Lets a person take away, or erase, all that the studio stores about them. */
export function OwnData() {
  const [isAsking, setIsAsking] = useState(false)
  const erase = useMutation({
    mutationFn: eraseOwnData,
    networkMode: 'always',
    // Nothing that this page still holds may be shown: the person is signed out.
    onSuccess: () => window.location.assign('/'),
  })
  const close = () => {
    erase.reset()
    setIsAsking(false)
  }
  return (
    <section className="desk" aria-labelledby="own-data">
      <h2 id="own-data">{t('Your data')}</h2>
      <p className="soft">{t('What you asked for, what came of it, and who did what with it.')}</p>
      <div className="filter">
        <a className="secondary" href={URL} download>
          {t('Export my data')}
        </a>
        <button type="button" className="secondary" onClick={() => setIsAsking(true)}>
          {t('Erase my data')}
        </button>
      </div>
      {isAsking && (
        <FormDialog title={t('Erase all your data?')} onClose={close}>
          <div className="question">
            <p>
              {t(
                'All that you asked for is erased, with its results, and what is under way is stopped. You are signed out. This cannot be undone.',
              )}
            </p>
            {erase.error && <Problem sentence={erase.error.message} />}
            <div className="form-end">
              <button type="button" className="quiet" onClick={close}>
                {t('Cancel')}
              </button>
              <button type="button" className="button" disabled={erase.isPending} onClick={() => erase.mutate()}>
                {t('Erase for ever')}
              </button>
            </div>
          </div>
        </FormDialog>
      )}
    </section>
  )
}

async function eraseOwnData(): Promise<void> {
  const response = await network.fetch(URL, { method: 'DELETE' })
  if (!response.ok) throw new Error('Your data could not be erased. Try again in a moment.')
}

/** What the user's own tasks have used of language models this month. Shows nothing while everything was computed. */
export function MyMonth() {
  const { userId } = useTaskContext()
  const { data } = useQuery({
    queryKey: ['studio', 'my-month', userId],
    queryFn: ({ signal }) => taskService.getUsage({}, { signal }),
    networkMode: 'always',
  })
  if (!data || data.used.length === 0) return null
  const { tokens, left } = data.budget ?? {}
  return (
    <p className="soft">
      {data.used.map(({ inputTokens, outputTokens, cost, currency }) => (
        <span key={currency ?? ''}>
          {t('This month language models have read {input} tokens for you and written {output}.', {
            input: inputTokens,
            output: outputTokens,
          })}
          {cost !== undefined && currency !== undefined && ` ${formatCost(cost, currency)}.`}{' '}
        </span>
      ))}
      {tokens !== undefined && t('You have {left} of {most} tokens left.', { left: left?.tokens ?? 0, most: tokens })}
    </p>
  )
}
