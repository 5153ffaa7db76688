import { brandTasks, defineTask, defineTasks } from '@brandkit/core'
import type { Authorize, TaskLimits, TierLimits } from '@brandkit/server-adapter'

/** The ten brand tasks as this studio offers them. */
export const studioTasks = defineTasks({
  ...brandTasks,
  // Two kits at once would contradict each other: a brand has one palette and one voice.
  GENERATE_BRAND_KIT: defineTask({
    ...brandTasks.GENERATE_BRAND_KIT,
    unique: ({ brandId }) => brandId,
    onConflict: 'refuse',
  }),
})

/** Colleagues of a brand see, stop and repeat each other's tasks. Only the owner deletes a task. */
export const authorizeStudio: Authorize = ({ principal, action }) => {
  if (principal.role === 'operator') return 'tenant'
  return action === 'delete' ? 'own' : 'brand'
}

/** Limits for one person, so that a large batch does not delay other users. */
export const TASK_LIMITS = {
  // Four of the ten places of one process, so that other users find free places.
  runningPerUser: 4,
  activePerUser: 200,
  createPerMinute: 120,
  queued: 5_000,
  // Tokens, because a server without LLM_PRICES knows no costs. Without a model nothing is used.
  budget: { perUser: { tokens: 5_000_000 }, perTenant: { tokens: 50_000_000 } },
} satisfies TaskLimits

/** Premium tasks get high priority by default, and premium users may create more. */
export const TASK_TIERS = {
  free: { maxPriority: 'normal' },
  premium: {
    maxPriority: 'high',
    defaultPriority: 'high',
    createPerMinute: 600,
  },
} satisfies Record<string, TierLimits>

/** What pages may say about the limits of a person; before sign-in, those of everybody. */
export function limitsOf(person: { tier: keyof typeof TASK_TIERS } | null): {
  runningPerUser: number
  createPerMinute: number
} {
  const { runningPerUser, createPerMinute } = { ...TASK_LIMITS, ...(person && TASK_TIERS[person.tier]) }
  return { runningPerUser, createPerMinute }
}
