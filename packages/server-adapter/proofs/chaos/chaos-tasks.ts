import { defineTask, defineTasks } from '@brandkit/core'
import * as z from 'zod'

export const STEPS = ['first', 'second', 'third'] as const

const step = { title: 'A step', output: z.string() }

export const chaosTasks = defineTasks({
  CHAOS: defineTask({
    title: () => 'Chaos',
    payload: z.object({
      kind: z.enum(['plain', 'flaky', 'fatal', 'poison']),
      /** How long each step takes. */
      stepMs: z.int(),
      /** How many items the step `each` has. 0: the step does not run. */
      items: z.int().default(0),
      /** Only the latest task with this text may be under way. */
      only: z.string().optional(),
    }),
    unique: ({ payload }) => payload.only ?? null,
    onConflict: 'replace',
    steps: { each: { ...step, items: true }, first: step, second: step, third: step },
    result: z.object({ run: z.string() }),
    maxRetries: 6,
  }),
})
