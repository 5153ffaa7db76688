import type { TaskPhase } from '@brandkit/core'
import type { TaskEventKind } from '../../provider/task-event.js'

/** The phase whose colour and sign a toast has. */
export const PHASE_OF_KIND = {
  started: 'running',
  completed: 'completed',
  failed: 'failed',
  cancelled: 'cancelled',
} as const satisfies Record<TaskEventKind, TaskPhase>
