import { setTimeout as wait } from 'node:timers/promises'
import * as z from 'zod'

export type JsonObject = Record<string, unknown>

/** What a task carries, and gives back as its result. */
export const work = z.object({
  /** Unique within a run, so that the audit can match each result to its task. */
  number: z.int(),
  /** Milliseconds before each report of progress. */
  pauseMs: z.int().min(0).max(1_000),
})
export type Work = z.infer<typeof work>

/** The same work for every contender: two reports of progress, then the result. */
export async function doWork(task: Work, report: (progress: number) => unknown): Promise<Work> {
  if (task.pauseMs > 0) await wait(task.pauseMs)
  await report(30)
  if (task.pauseMs > 0) await wait(task.pauseMs)
  await report(60)
  return task
}
