import * as z from 'zod'

const count = z.int().min(0)

/** `GET ?action=stats`, for operators. */
export const getStatsSchema = {
  request: z.strictObject({}),
  response: z.object({
    queued: count,
    due: count,
    processing: count,
    completed: count,
    failed: count,
    cancelled: count,
    waitingMessages: count.exactOptional(),
    endedPerMinute: z.number().min(0),
    durations: z.record(z.string(), z.object({ count, medianMs: z.number().min(0), p95Ms: z.number().min(0) })),
  }),
}
