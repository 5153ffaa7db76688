'use client'

import { isTerminal, type TaskSummary } from '@brandkit/core'
import type { ReactNode } from 'react'
import { useTaskContext } from '../../provider/use-task-context.js'
import { useTranslate } from '../../provider/use-translate.js'
import type { Looks } from '../looks.js'
import { Menu, type MenuItem } from '../menu.js'
import { mayRetry, needsEdit } from '../failure-advice.js'
import { useHandOver } from '../use-hand-over.js'
import { useCopy } from '../use-copy.js'

interface RowMenuProps {
  task: TaskSummary
  title: string
  onOpenTask: Looks['onOpenTask']
  /** Asks before it deletes. */
  onDelete: () => void
}

/** The actions of a row that are not needed at every look. */
export function RowMenu({ task, title, onOpenTask, onDelete }: RowMenuProps): ReactNode {
  const translate = useTranslate()
  const { session, onEdit } = useTaskContext()
  const { copy } = useCopy(task.traceId)
  const edit = useHandOver({ action: 'edit', taskId: task.taskId, onRead: onEdit ?? (() => {}) })
  const hasEnded = isTerminal(task.status)
  // A failure whose input must change has the button beside its advice.
  const mayEdit = onEdit && mayRetry(task) && !needsEdit(task)
  const items: (MenuItem | false | undefined)[] = [
    onOpenTask && { label: translate('action.view'), onSelect: () => onOpenTask(task) },
    mayEdit && { label: translate('action.edit'), onSelect: edit.begin },
    { label: translate('failure.copyTraceId'), onSelect: copy },
    hasEnded && { label: translate('action.dismiss'), onSelect: () => session.dismiss(task.taskId) },
    // What belongs to a colleague, the colleague deletes.
    hasEnded && session.isOwn(task) && { label: translate('action.delete'), isDangerous: true, onSelect: onDelete },
  ]
  return (
    <>
      {edit.problem && <span className="brandkit-cause">{edit.problem}</span>}
      <Menu label={translate('action.more', { title })} items={items.filter((item) => !!item)} />
    </>
  )
}
