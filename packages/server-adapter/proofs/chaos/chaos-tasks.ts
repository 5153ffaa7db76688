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
    }),
    steps: { first: step, second: step, third: step },
    result: z.object({ run: z.string() }),
    maxRetries: 6,
  }),
})
