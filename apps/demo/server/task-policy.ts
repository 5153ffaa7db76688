import type { TaskLimits, TierLimits } from '@brandkit/server-adapter'

/** What one person may take, so that nobody's batch keeps the others waiting. */
export const TASK_LIMITS = {
  // Four of the ten places of one process, so that the next person finds some that are free.
  runningPerUser: 4,
  activePerUser: 200,
  createPerMinute: 120,
  queued: 5_000,
} satisfies TaskLimits

/** Premium goes first, without asking for it, and may take more. */
export const TASK_TIERS = {
  free: { maxPriority: 'normal' },
  premium: { maxPriority: 'high', defaultPriority: 'high', createPerMinute: 600 },
} satisfies Record<string, TierLimits>
