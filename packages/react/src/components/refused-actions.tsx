'use client'

import type { UnsentTask } from '@brandkit/client'
import type { ReactNode } from 'react'
import { toUnsentTask } from '../labels/unsent-task.js'
import { useTaskContext } from '../provider/use-task-context.js'
import { toAppTask } from '../queries/to-app-task.js'
import { mayRetry, needsEdit } from './failure-advice.js'
import { TaskButton } from './task-button.js'

interface RefusedActionsProps {
  unsent: UnsentTask
  title: string
}

/** What users can do about a create that the server has refused: change its input, or send it again. */
export function RefusedActions({ unsent, title }: RefusedActionsProps): ReactNode {
  const { session, outbox, onEdit } = useTaskContext()
  const task = toUnsentTask(unsent, title)

  const edit = () => {
    // An app's form may read the task by its id, and the server does not know it.
    session.cache.write([task])
    onEdit?.(toAppTask(task))
  }
  const sendAgain = () => {
    // The entry itself shows the outcome.
    outbox.sendAgain(unsent.key).catch(() => {})
  }
  return (
    <>
      {onEdit && needsEdit(task) && <TaskButton action="edit" title={title} onClick={edit} />}
      {mayRetry(task) && (
        <TaskButton action="retry" title={title} aria-disabled={unsent.state === 'sending'} onClick={sendAgain} />
      )}
    </>
  )
}
