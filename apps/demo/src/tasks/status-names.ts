import type { TaskStatus } from '@brandkit/core'

export const STATUS_NAMES: Readonly<Record<TaskStatus, string>> = {
  queued: 'Waiting',
  processing: 'In the making',
  completed: 'Ready',
  failed: 'Failed',
  cancelled: 'Cancelled',
}
