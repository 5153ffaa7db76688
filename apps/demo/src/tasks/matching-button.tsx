import type { MatchingAction, TaskConditions } from '@brandkit/core'
import type { UseActOnMatchingResult } from '@brandkit/react'
import { FormDialog } from '../form/form-dialog.tsx'
import { Problem } from '../parts/page-parts.tsx'

interface ActionWords {
  button: string
  verb: string
  question: (tasks: string) => string
  nothing: string
}

const WORDS: Readonly<Record<MatchingAction, ActionWords>> = {
  cancel: {
    button: 'Stop all',
    verb: 'Stop',
    question: (tasks) => `Stop ${tasks}?`,
    nothing: 'Nothing to stop',
  },
  retry: {
    button: 'Try all again',
    verb: 'Try again',
    question: (tasks) => `Try ${tasks} again?`,
    nothing: 'Nothing to try again',
  },
  delete: {
    button: 'Delete all',
    verb: 'Delete',
    question: (tasks) => `Delete ${tasks}?`,
    nothing: 'Nothing to delete',
  },
}

interface MatchingButtonProps {
  action: MatchingAction
  filter: TaskConditions
  matching: UseActOnMatchingResult
}

/** A button that acts on all tasks that match, after a question that names their number. */
export function MatchingButton({ action, filter, matching: { count, act, progress } }: MatchingButtonProps) {
  const { button, verb, question, nothing } = WORDS[action]
  const close = () => {
    count.reset()
    act.reset()
  }
  return (
    <>
      <button type="button" className="secondary" disabled={count.isPending} onClick={() => count.mutate(filter)}>
        {button}
      </button>
      {count.error && <Problem sentence={count.error.message} />}
      {count.data && (
        <FormDialog title={count.data.count === 0 ? nothing : question(toQuantity(count.data))} onClose={close}>
          <div className="question">
            {count.data.count === 0 ? (
              <p>No task that matches is in such a state. Choose another filter.</p>
            ) : (
              <p>All tasks that match the filter, also those that the list does not show yet.</p>
            )}
            {act.isPending && (
              <p role="status">
                {progress?.done ?? 0} of {toQuantity(count.data)} done…
              </p>
            )}
            {act.error && <Problem sentence={act.error.message} />}
            <div className="form-end">
              <button type="button" className="quiet" onClick={close}>
                Not now
              </button>
              {count.data.count > 0 && (
                <button
                  type="button"
                  className="button"
                  disabled={act.isPending}
                  onClick={() => act.mutate(filter, { onSuccess: close })}
                >
                  {verb}
                </button>
              )}
            </div>
          </div>
        </FormDialog>
      )}
    </>
  )
}

function toQuantity({ count, isMore }: { count: number; isMore: boolean }): string {
  return `${count}${isMore ? ' or more' : ''} ${count === 1 ? 'task' : 'tasks'}`
}
