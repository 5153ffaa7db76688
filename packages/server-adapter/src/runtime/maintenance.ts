import { describeError, isTaskError, type TaskLogger } from '@brandkit/core'
import type { Clock } from '../clock.js'
import { deliveryPriority, type QueueBackend } from '../queue/queue-backend.js'
import type { ClaimLimits } from '../store/store-limits.js'
import type { MaintainInput, MaintainOutcome, TaskStore } from '../store/task-store.js'
import type { Publisher } from './publisher.js'
import type { Telemetry } from './telemetry.js'
import type { Timings } from './timings.js'

/** Most tasks that one duty of one pass touches; the next pass goes on. */
const LIMIT = 500

/** What turns every accident into a delay: expired leases, waited-out tasks, unheard messages, old data. */
export interface Maintenance {
  /** One bounded, idempotent pass; `null` when another process made one less than `minIntervalMs` ago. */
  pass(options: { minIntervalMs: number }): Promise<MaintainOutcome | null>
  /**
   * For platforms without a process between requests, whose requests keep the house: at most one pass in `maintenanceMs`, by one row. Never
   * rejects.
   */
  inPassing(): Promise<void>
  /** Passes from now on by a timer, as long as the process lives. */
  start(): void
  /** Whether passes that were to come by the timer have not ended for longer than a lease lives. */
  isStuck(): boolean
  stop(): Promise<void>
}

interface MaintenanceOptions {
  store: TaskStore
  queue: QueueBackend
  publisher: Publisher
  limits: ClaimLimits | undefined
  telemetry: Telemetry
  timings: Timings
  clock: Clock
  logger: TaskLogger
}

export function createMaintenance({
  store,
  queue,
  publisher,
  limits,
  telemetry,
  timings,
  clock,
  logger,
}: MaintenanceOptions): Maintenance {
  let stopTimer: (() => void) | undefined
  let current: Promise<unknown> = Promise.resolve()
  /** Since when this process has seen no outage, by the monotonic clock; `null` while it is not started and has seen none. */
  let reachableSince: number | null = null
  /** The end of the last pass: how long one takes says how busy the store is, and nothing about this process. */
  let lastPass = 0

  /**
   * After an outage (of the store, or of this process) workers first get the chance to beat, so that it burns no
   * attempts. A process that has lived for one request only has seen no outage and need not wait.
   */
  function mayExpireLeases(): boolean {
    return reachableSince === null || clock.uptime() - reachableSince >= timings.leaseMs
  }

  async function maintain(minIntervalMs: number): Promise<MaintainOutcome | null> {
    const input: MaintainInput = {
      minIntervalMs,
      expireLeases: mayExpireLeases() ? 'yes' : 'not-yet',
      // A queue that cannot be asked has not said that it holds anything.
      waitingMessages: await queue.depth?.().catch(() => undefined),
      limit: LIMIT,
      limits,
      retention: { endedMs: timings.retentionMs, tombstoneMs: timings.tombstoneMs },
    }
    try {
      return await store.maintain(input)
    } catch (error) {
      if (isTaskError(error) && error.code === 'store_unavailable') reachableSince = clock.uptime()
      throw error
    }
  }

  async function pass({ minIntervalMs }: { minIntervalMs: number }): Promise<MaintainOutcome | null> {
    const outcome = await maintain(minIntervalMs)
    if (!outcome) return null
    const { deliver, expired, timedOut, purged } = outcome
    if (expired > 0) telemetry.leasesLost(expired)
    if (expired + timedOut + purged > 0)
      logger.info('Maintenance', { expired, timedOut, purged, delivered: deliver.length })
    await publisher.publish(
      deliver.map(({ taskId, priority, rings, dueInMs }) => ({
        taskId,
        priority: deliveryPriority(priority, rings),
        delayMs: dueInMs,
      })),
    )
    return outcome
  }

  async function tick(): Promise<void> {
    const now = clock.uptime()
    // A process that stood still (a suspended laptop, a stalled event loop) is treated like one that just started.
    if (now - lastPass > timings.leaseMs) reachableSince = now
    try {
      await pass({ minIntervalMs: timings.maintenanceMs / 2 })
    } catch (error) {
      logger.warn('Maintenance failed and will be tried again', { reason: describeError(error) })
    } finally {
      lastPass = clock.uptime()
    }
  }

  function schedule(): void {
    const onTime = () => {
      current = tick().finally(() => {
        if (stopTimer) schedule()
      })
    }
    stopTimer = clock.after(timings.maintenanceMs, onTime, { keepsProcess: false })
  }

  return {
    pass,
    async inPassing() {
      try {
        await pass({ minIntervalMs: timings.maintenanceMs })
      } catch (error) {
        logger.warn('Maintenance failed and will be tried again', { reason: describeError(error) })
      }
    },
    start() {
      reachableSince = clock.uptime()
      lastPass = reachableSince
      // The first pass comes at once: what waited for a process to appear need not wait longer.
      current = tick()
      schedule()
    },
    isStuck: () => stopTimer !== undefined && clock.uptime() - lastPass > timings.maintenanceMs + timings.leaseMs,
    async stop() {
      stopTimer?.()
      stopTimer = undefined
      await current
    },
  }
}
