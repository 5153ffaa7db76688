/**
 * Milliseconds of the system's monotonic clock. All processes of a machine share it, unlike `performance.now()`, so that one
 * process can time what another one began.
 */
export const clockMs = (): number => Number(process.hrtime.bigint()) / 1_000_000
