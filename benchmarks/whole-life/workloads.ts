export interface Workload {
  /** What the tables call it. */
  title: string
  /** Milliseconds before each of the two reports. */
  pauseMs: number
  /** Tasks that may run at once: enough that CPU is the limit, and never the slots. */
  concurrency: number
  mostOpen: number
}

/** Every run has both. A server that folds reports of the same millisecond gains nothing from it in the second one. */
export const WORKLOADS = {
  instant: { title: 'two reports in the same millisecond', pauseMs: 0, concurrency: 64, mostOpen: 512 },
  spaced: { title: 'two reports, 50 ms apart', pauseMs: 50, concurrency: 1_000, mostOpen: 2_000 },
} as const satisfies Record<string, Workload>

export type WorkloadName = keyof typeof WORKLOADS
export const WORKLOAD_NAMES = Object.keys(WORKLOADS) as WorkloadName[]
