import type { TerminalStatus } from '@brandkit/core'
import type { TakenNotice } from '../../store/notice.js'
import { toTaskSummaryJson } from '../to-task-json.js'
import type { Notice, NotifyOptions } from './notify-target.js'

/** May throw what the app's `linkTo` throws. */
export function toNotice({ task, target }: TakenNotice, { linkTo }: NotifyOptions): Notice {
  const { taskId, tenantId, userId, completedAt, updatedAt } = task
  const notice: Notice = {
    id: `${taskId}_${target}`,
    // Only ended tasks have notices.
    type: `task.${task.status as TerminalStatus}`,
    timestamp: completedAt ?? updatedAt,
    data: { tenantId, userId, task: toTaskSummaryJson(task) },
  }
  const link = linkTo?.(notice)
  if (link !== undefined) notice.data.link = link
  return notice
}
