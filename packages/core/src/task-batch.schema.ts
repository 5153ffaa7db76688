import * as z from 'zod'
import { TASK_STATUSES } from './task-status.js'

export const taskBatchSchema = z.object({
  batchId: z.string(),
  total: z.int().min(1),
  counts: z.record(z.enum(TASK_STATUSES), z.int().min(0)),
  progress: z.number().min(0).max(100),
  status: z.enum(TASK_STATUSES),
})
