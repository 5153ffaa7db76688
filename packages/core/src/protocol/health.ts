/**
 * `ok`: everything answers. `degraded`: tasks are accepted and kept, but run late. `down`: send no requests to this
 * server.
 */
export const HEALTH_STATUSES = ['ok', 'degraded', 'down'] as const
export type HealthStatus = (typeof HEALTH_STATUSES)[number]

/** Whether a store or a queue answers. */
export const PART_STATUSES = ['ok', 'down'] as const
export type PartStatus = (typeof PART_STATUSES)[number]

/**
 * The state of this process as a worker. `none`: it only serves requests. `stopping`: it accepts no more tasks. `down`: it
 * should work, but does not.
 */
export const WORKER_STATUSES = ['ok', 'none', 'stopping', 'down'] as const
export type WorkerStatus = (typeof WORKER_STATUSES)[number]

/** `GET ?action=health`: 200 for `ok` and `degraded`, 503 for `down`. */
export interface GetHealthResponse {
  status: HealthStatus
  parts: { store: PartStatus; queue: PartStatus; worker: WorkerStatus }
}
