import { defineTask, defineTasks } from '@brandkit/core'
import * as z from 'zod'

/**
 * How the work on a report goes, asked for by its payload, so that a fake can be held to the same sentences as a server that
 * runs generators:
 *
 * - `completes`: the steps `draft` and `print` are done, and the result says how many pages there are.
 * - `refuses`: fails for good at its first attempt, with the code `generator_refused` and the message `REFUSAL`.
 * - `crashes`: every attempt fails with an error that holds a `SECRET`, until none is left.
 * - `stumbles`: the first attempt fails, the second completes.
 * - `lasts`: the step `draft` is done, then nothing more until it is cancelled.
 */
export const COURSES = ['completes', 'refuses', 'crashes', 'stumbles', 'lasts'] as const
export type Course = (typeof COURSES)[number]

export const REFUSAL = 'There is no ink left.'
export const SECRET = 'hunter2'

/** What an endpoint under test serves. */
export const endpointTasks = defineTasks({
  WRITE_REPORT: defineTask({
    title: ({ payload }) => `Report: ${payload.name}`,
    payload: z.strictObject({
      name: z.string().trim().min(1).max(100),
      pages: z.int().min(1).max(100).default(2),
      course: z.enum(COURSES).default('completes'),
    }),
    steps: {
      draft: { title: 'Drafting', output: z.int() },
      print: { title: 'Printing', weight: 3, output: z.int() },
    },
    result: z.object({ pages: z.int() }),
    maxRetries: 1,
  }),
  /** In the catalog, without a generator. */
  UNSERVED: defineTask({ title: () => 'Nobody', payload: z.object({}), steps: {}, result: z.object({}) }),
})
export type EndpointTasks = typeof endpointTasks

/** A valid `create` for a report that goes as asked. */
export function reportInput(course: Course = 'completes', more: object = {}): Record<string, unknown> {
  return { type: 'WRITE_REPORT', brandId: 'aurora', payload: { name: 'May', course }, ...more }
}
