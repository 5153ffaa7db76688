import { setTimeout as wait } from 'node:timers/promises'
import * as z from 'zod'
import { clockMs } from '../machine/clock.ts'

export type JsonObject = Record<string, unknown>

/** What a task carries. */
export const work = z.object({
  /** Unique within a run, so that the audit can match each result to its task. */
  number: z.int(),
  /** Milliseconds before each report of progress. */
  pauseMs: z.int().min(0).max(1_000),
})
export type Work = z.infer<typeof work>

/** What is left of a task. */
export const done = work.extend({
  /** When the work began, by `clockMs()`. */
  startedMs: z.number(),
})
export type Done = z.infer<typeof done>

/** The same work for every contender: two reports of progress, then the result. */
export async function doWork(task: Work, report: (progress: number) => unknown): Promise<Done> {
  const startedMs = clockMs()
  if (task.pauseMs > 0) await wait(task.pauseMs)
  await report(30)
  if (task.pauseMs > 0) await wait(task.pauseMs)
  await report(60)
  return { ...task, startedMs }
}
