import * as z from 'zod'
import { HEALTH_STATUSES, PART_STATUSES, WORKER_STATUSES } from './get-health.js'

/** `GET ?action=health`, for load balancers: nobody has to be signed in. */
export const getHealthSchema = {
  request: z.strictObject({}),
  response: z.object({
    status: z.enum(HEALTH_STATUSES),
    parts: z.object({
      store: z.enum(PART_STATUSES),
      queue: z.enum(PART_STATUSES),
      worker: z.enum(WORKER_STATUSES),
    }),
  }),
}
