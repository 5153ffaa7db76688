import { describeError, isTaskError, type TaskLogger } from '@brandkit/core'
import type { Clock } from '../clock.js'
import { deliveryPriority, type QueueBackend } from '../queue/queue-backend.js'
import type { ClaimLimits } from '../store/store-limits.js'
import type { MaintainInput, MaintainOutcome } from '../store/maintain-pass.js'
import type { TaskStore } from '../store/task-store.js'
import { createTraceId } from '../random-ids.js'
import type { Publisher } from './publisher.js'
import type { Telemetry } from './telemetry.js'
import type { Timings } from './timings.js'

/** How many tasks one duty of one pass changes at most; the next pass continues. */
const LIMIT = 500
/** How many passes a worker may miss before it counts as gone. */
const SIGNS_MISSED = 3

/** Recovers from failures: ends expired leases and overdue tasks, repeats lost deliveries, and removes old data. */
export interface Maintenance {
  /** Makes one bounded, idempotent pass; `null` if another process made one less than `minIntervalMs` ago. */
  pass(options: { minIntervalMs: number }): Promise<MaintainOutcome | null>
  /**
   * Makes a pass during a request, for platforms without a process between requests. A row in the store limits all
   * processes to one pass in `maintenanceMs`, and each process asks that row only once in that time. Never rejects.
   */
  inPassing(): Promise<void>
  /** Makes passes by a timer, as long as the process lives. */
  start(): void
  /** Whether the timer's passes are overdue by more than the length of a lease. */
  isStuck(): boolean
  stop(): Promise<void>
}

interface MaintenanceOptions {
  store: TaskStore
  queue: QueueBackend
  publisher: Publisher
  limits: ClaimLimits | undefined
  /** How many tasks the worker of this process can run at once. */
  slots: number
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
  slots,
  telemetry,
  timings,
  clock,
  logger,
}: MaintenanceOptions): Maintenance {
  const workerId = createTraceId()
  let stopTimer: (() => void) | undefined
  let current: Promise<unknown> = Promise.resolve()
  /** The end of the last outage, or the start, by the monotonic clock; `null` before both. */
  let reachableSince: number | null = null
  /** The end of the last pass. The time since its beginning would also grow with a slow store. */
  let lastPass = 0
  /** When a request last asked for a pass, by the wall clock: the monotonic one may stand still between requests. */
  let lastAsked = -Infinity

  /**
   * After an outage (of the store or of this process) workers first get time for a heartbeat, so that the outage costs no
   * attempts. A process that serves only one request has seen no outage and need not wait.
   */
  function mayExpireLeases(): boolean {
    return reachableSince === null || clock.uptime() - reachableSince >= timings.leaseMs
  }

  async function maintain(minIntervalMs: number): Promise<MaintainOutcome | null> {
    const input: MaintainInput = {
      minIntervalMs,
      expireLeases: mayExpireLeases() ? 'yes' : 'not-yet',
      // The depth is left out if the queue cannot tell it.
      waitingMessages: await queue.depth?.().catch(() => undefined),
      limit: LIMIT,
      limits,
      // Without a timer this process works only while it answers a request.
      worker: stopTimer && { workerId, slots, aliveMs: timings.maintenanceMs * SIGNS_MISSED },
      retention: { endedMs: timings.retentionMs, tombstoneMs: timings.tombstoneMs, auditMs: timings.auditMs },
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
    // A process that was suspended (a sleeping laptop, a blocked event loop) counts as just started.
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
      // Otherwise every request would wait for a statement that mostly finds nothing to do. A clock may also be set back.
      if (Math.abs(clock.now() - lastAsked) < timings.maintenanceMs) return
      lastAsked = clock.now()
      try {
        await pass({ minIntervalMs: timings.maintenanceMs })
      } catch (error) {
        logger.warn('Maintenance failed and will be tried again', { reason: describeError(error) })
      }
    },
    start() {
      reachableSince = clock.uptime()
      lastPass = reachableSince
      schedule()
      // The first pass runs at once, because tasks may have waited for a process.
      current = tick()
    },
    isStuck: () => stopTimer !== undefined && clock.uptime() - lastPass > timings.maintenanceMs + timings.leaseMs,
    async stop() {
      stopTimer?.()
      stopTimer = undefined
      await current
    },
  }
}
