import { describeError, type TaskLogger } from '@brandkit/core'
import { STUBBORN_MS, waitAtMost } from '../../patience.js'
import { expectManyListeners, nextTurn, outsideOfRequests } from '../../platform.js'
import type { NoticeOutcome, TakenNotice } from '../../store/notice.js'
import type { TaskStore } from '../../store/task-store.js'
import { persist } from '../running/persist.js'
import { DELIVERY_MS, deliverNotice } from './deliver-notice.js'
import type { NotifyOptions } from './notify-target.js'

/** Delivers stored notices, in the background. */
export interface NoticeDelivery {
  /** Looks for due notices soon. Called when a task has ended, and when maintenance has found some. */
  ring: () => void
  /** Resolves when this process has nothing left to deliver, at most after the longest time of a delivery. */
  settled: () => Promise<void>
  /** Takes no more notices, lets deliveries finish for a while, and gives the others back. */
  stop: () => Promise<void>
}

interface NoticeDeliveryOptions {
  store: Pick<TaskStore, 'takeNotices'>
  notify: NotifyOptions
  /** How long `stop` lets deliveries finish, in milliseconds; never more than five seconds. */
  drainMs: number
  logger: TaskLogger
}

/** Most notices of one take. A target with this many deliveries under way gets no more: it may hang, and others must not wait. */
const MOST_TAKEN = 8
/** Longer than any delivery. The notice of a process that died is delivered again after this. */
const NOTICE_LEASE_MS = 60_000

export function createNoticeDelivery({ store, notify, drainMs, logger }: NoticeDeliveryOptions): NoticeDelivery {
  const names = Object.keys(notify.targets)
  const underWay = new Map<Promise<NoticeOutcome>, string>()
  const stopping = new AbortController()
  expectManyListeners(stopping.signal)
  let outcomes: NoticeOutcome[] = []
  let loop: Promise<void> | null = null
  let hasNews = false
  let news = Promise.withResolvers<void>()
  let isClosed = false

  function wake(): void {
    hasNews = true
    news.resolve()
    // Deliveries outlive the request that has ended a task.
    loop ??= outsideOfRequests(run)
  }

  async function run(): Promise<void> {
    try {
      do {
        // Also lets `loop` be set before the first round ends, and takes ends of one turn together.
        await nextTurn()
        hasNews = false
        news = Promise.withResolvers()
        await takeAndStart()
        // A delivery that ends is news: its outcome must be recorded, and there is room for the next.
        if (!hasNews && underWay.size > 0) await news.promise
      } while (hasNews)
    } catch (error) {
      logger.warn('Notices could not be taken; their leases will tell', { reason: describeError(error) })
    } finally {
      loop = null
    }
  }

  async function takeAndStart(): Promise<void> {
    const told = outcomes
    outcomes = []
    const targets = isClosed ? [] : names.filter(hasRoom)
    if (told.length + targets.length === 0) return
    const limit = targets.length === 0 ? 0 : MOST_TAKEN
    const take = () => store.takeNotices({ outcomes: told, targets, limit, leaseMs: NOTICE_LEASE_MS })
    const taken = await persist(take, { signal: stopping.signal, logger })
    for (const notice of taken) start(notice)
    // More may be due.
    if (taken.length === MOST_TAKEN && names.some(hasRoom)) hasNews = true
  }

  function hasRoom(name: string): boolean {
    return [...underWay.values()].filter((target) => target === name).length < MOST_TAKEN
  }

  function start(taken: TakenNotice): void {
    const delivery = deliverNotice(taken, { notify, stopping: stopping.signal })
    underWay.set(delivery, taken.target)
    void delivery.then(end)

    function end(outcome: NoticeOutcome): void {
      underWay.delete(delivery)
      outcomes.push(outcome)
      log(outcome)
      wake()
    }
  }

  function log({ taskId, target, attempt, ...end }: NoticeOutcome): void {
    const facts = { taskId, target, attempt }
    if (end.outcome === 'delivered') logger.debug('Delivered a notice', facts)
    else if (end.outcome === 'dead') logger.error('A notice was refused and is dead', { ...facts, reason: end.reason })
    else logger.warn('A notice could not be delivered', { ...facts, reason: end.reason, delayMs: end.delayMs })
  }

  return {
    ring() {
      if (!isClosed) wake()
    },
    async settled() {
      await waitAtMost(DELIVERY_MS, [untilIdle()])
    },
    async stop() {
      isClosed = true
      await waitAtMost(Math.min(drainMs, STUBBORN_MS), [untilIdle()])
      stopping.abort()
      // The notices that are given back are recorded.
      await waitAtMost(STUBBORN_MS, [untilIdle()])
    },
  }

  async function untilIdle(): Promise<void> {
    for (let running = loop; running; running = loop) await running
  }
}
