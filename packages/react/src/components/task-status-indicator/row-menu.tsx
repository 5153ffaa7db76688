'use client'

import { isTerminal, type TaskSummary } from '@brandkit/core'
import type { ReactNode } from 'react'
import { useTaskContext } from '../../provider/use-task-context.js'
import { useTranslate } from '../../provider/use-translate.js'
import type { Looks } from '../looks.js'
import { Menu, type MenuItem } from '../menu.js'
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
  const { session } = useTaskContext()
  const { copy } = useCopy(task.traceId)
  const hasEnded = isTerminal(task.status)
  const items: (MenuItem | false | undefined)[] = [
    onOpenTask && { label: translate('action.view'), onSelect: () => onOpenTask(task) },
    { label: translate('failure.copyTraceId'), onSelect: copy },
    hasEnded && { label: translate('action.dismiss'), onSelect: () => session.dismiss(task.taskId) },
    // What belongs to a colleague, the colleague deletes.
    hasEnded && session.isOwn(task) && { label: translate('action.delete'), isDangerous: true, onSelect: onDelete },
  ]
  return <Menu label={translate('action.more', { title })} items={items.filter((item) => !!item)} />
}
