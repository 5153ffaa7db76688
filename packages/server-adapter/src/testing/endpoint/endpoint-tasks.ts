import { defineTask, defineTasks } from '@brandkit/core'
import * as z from 'zod'

/**
 * What happens to a report; its payload chooses. So a fake can pass the same tests as a server that runs generators:
 *
 * - `completes`: the steps `draft` and `print` are done, and the result gives the number of pages.
 * - `refuses`: fails permanently at its first attempt, with the code `generator_refused` and the message `REFUSAL`.
 * - `crashes`: every attempt fails with an error that holds a `SECRET`, until none is left.
 * - `stumbles`: the first attempt fails, the second completes.
 * - `writes`: as `stumbles`; the task's text is `TEXTS` at the end, one after the other.
 * - `spends`: as `completes`; its one attempt reports `SPENT`.
 * - `lasts`: the step `draft` is done, then `print` runs until the task is cancelled.
 * - `asks`: asks the `PROVIDER` again and again, so it soon waits for the next minute, and says so until it is cancelled.
 */
export const COURSES = ['completes', 'refuses', 'crashes', 'stumbles', 'writes', 'spends', 'lasts', 'asks'] as const
export type Course = (typeof COURSES)[number]

export const TEXTS = ['Once upon ', 'a time.'] as const
/** What the call of a model has used. Two of them pass the budget of the tier `trial`. */
export const SPENT = { model: 'small', inputTokens: 1_000, outputTokens: 200, cost: 0.6, currency: 'EUR' } as const
export const PROVIDER = 'press'
export const DESK = 'desk'
export const REFUSAL = 'There is no ink left.'
export const SECRET = 'hunter2'

/** The catalog that an endpoint under test serves. */
export const endpointTasks = defineTasks({
  WRITE_REPORT: defineTask({
    title: ({ payload }) => `Report: ${payload.name}`,
    payload: z.strictObject({
      name: z.string().trim().min(1).max(100),
      pages: z.int().min(1).max(100).default(2),
      course: z.enum(COURSES).default('completes'),
      /** Only one report with this text may be under way. */
      only: z.string().min(1).max(100).exactOptional(),
    }),
    unique: ({ payload }) => payload.only ?? null,
    onConflict: 'refuse',
    steps: {
      draft: { title: 'Drafting', output: z.int() },
      print: { title: 'Printing', weight: 3, output: z.int() },
    },
    result: z.object({ pages: z.int() }),
    maxRetries: 1,
  }),
  /** Writes so many letters, each an item of the step, and then completes. */
  WRITE_LETTERS: defineTask({
    title: () => 'Letters',
    payload: z.strictObject({ letters: z.int().min(1).max(100) }),
    steps: { letters: { title: 'Writing letters', items: true, output: z.string() } },
    result: z.object({ letters: z.int() }),
  }),
  /** A type of the catalog that has no generator. */
  UNSERVED: defineTask({ title: () => 'Nobody', payload: z.object({}), steps: {}, result: z.object({}) }),
})
export type EndpointTasks = typeof endpointTasks

/** A valid `create` for a report of the given course. */
export function reportInput(course: Course = 'completes', more: object = {}): Record<string, unknown> {
  return { type: 'WRITE_REPORT', brandId: 'aurora', payload: { name: 'May', course }, ...more }
}
