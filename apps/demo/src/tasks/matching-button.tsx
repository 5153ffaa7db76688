import type { MatchingAction, TaskConditions } from '@brandkit/core'
import type { UseActOnMatchingResult } from '@brandkit/react'
import { FormDialog } from '../form/form-dialog.tsx'
import { t } from '../language/language.ts'
import { Problem } from '../parts/page-parts.tsx'

interface ActionWords {
  button: string
  question: string
  nothing: string
}

const WORDS: Readonly<Record<MatchingAction, ActionWords>> = {
  cancel: { button: 'Cancel all', question: 'Cancel {count} tasks?', nothing: 'Nothing to cancel' },
  retry: { button: 'Try all again', question: 'Try {count} tasks again?', nothing: 'Nothing to try again' },
  delete: { button: 'Delete all', question: 'Delete {count} tasks?', nothing: 'Nothing to delete' },
}

interface MatchingButtonProps {
  action: MatchingAction
  filter: TaskConditions
  matching: UseActOnMatchingResult
}

/** A button that acts on all tasks that match, after a question that names their number. */
export function MatchingButton({ action, filter, matching: { count, act, progress } }: MatchingButtonProps) {
  const { button, question, nothing } = WORDS[action]
  const close = () => {
    count.reset()
    act.reset()
  }
  return (
    <>
      <button type="button" className="secondary" disabled={count.isPending} onClick={() => count.mutate(filter)}>
        {t(button)}
      </button>
      {count.error && <Problem sentence={count.error.message} />}
      {count.data && (
        <FormDialog title={count.data.count === 0 ? t(nothing) : t(question, toQuantity(count.data))} onClose={close}>
          <div className="question">
            {count.data.count === 0 ? (
              <p>{t('No task that matches is in such a state. Choose another filter.')}</p>
            ) : (
              <p>{t('All tasks that match the filter, also those that the list does not show yet.')}</p>
            )}
            {act.isPending && (
              <p role="status">
                {t('{done} of {total}', { done: progress?.done ?? 0, total: toQuantity(count.data).count })}
              </p>
            )}
            {act.error && <Problem sentence={act.error.message} />}
            <div className="form-end">
              <button type="button" className="quiet" onClick={close}>
                {t(count.data.count === 0 ? 'Close' : 'Keep them')}
              </button>
              {count.data.count > 0 && (
                <button
                  type="button"
                  className="button"
                  disabled={act.isPending}
                  onClick={() => act.mutate(filter, { onSuccess: close })}
                >
                  {t(button)}
                </button>
              )}
            </div>
          </div>
        </FormDialog>
      )}
    </>
  )
}

/** Counting stops at about a thousand. */
function toQuantity({ count, isMore }: { count: number; isMore: boolean }): { count: number | string } {
  return { count: isMore ? `${count}+` : count }
}
