import type { TaskLogger } from '@brandkit/core'
import type { Clock } from '../../clock.js'
import { ownerOf, type TaskOwner, type TaskScope } from '../../principal.js'
import type { StoredTask, TaskStore } from '../../store/task-store.js'
import type { TaskChange } from '../../store/task-watcher.js'
import type { ChangeHub } from './change-hub.js'
import type { Estimates } from '../estimating/estimates.js'
import type { Expecting } from '../estimating/expectation.js'
import { type StreamedTask, toSnapshotTask } from './streamed-task.js'
import { createTaskReader } from './task-reader.js'
import { createTaskStream, type LiveStream, type TaskStream } from './task-stream.js'
import type { Timings } from '../timings.js'

const TICK_MS = 1_000
/** The time between hints, in milliseconds: positions in the queue change even when the waiting tasks do not. */
const TELL_EVERY_MS = 5_000

/** All streams of this process, on any transport. */
export interface TaskStreams {
  /** Opens a stream. Notes changes first and then reads the snapshot, so that no change is missed. */
  open(request: StreamRequest): Promise<TaskStream>
  /** The number of open streams. */
  readonly size: number
  /** Asks all readers to connect again later (to another process, if any), and ends their streams. */
  close(): void
}

interface StreamRequest {
  scope: TaskScope
  /** Only this batch; the stream ends with it. */
  batchId?: string | undefined
  /** Reads the tasks of the snapshot, the most important first. */
  readSnapshot: () => Promise<readonly StoredTask[]>
  /** Gives the caller's current scope; null if the caller is no longer signed in. */
  currentScope: () => Promise<TaskScope | null>
}

interface TaskStreamsOptions {
  store: Pick<TaskStore, 'find'>
  changes: ChangeHub
  estimates: Pick<Estimates, 'expect'>
  timings: Pick<Timings, 'streamMs' | 'reauthenticateMs'>
  clock: Clock
  drawPauseMs: () => number
  logger: TaskLogger
}

export function createTaskStreams({
  store,
  changes,
  estimates,
  timings,
  clock,
  drawPauseMs,
  logger,
}: TaskStreamsOptions): TaskStreams {
  const streams = new Set<LiveStream>()
  const byOwner = new Map<string, Set<LiveStream>>()
  const reader = createTaskReader({ store, give, logger })
  let unsubscribe: (() => void) | undefined
  let stopTicking: (() => void) | undefined
  let telling: Promise<void> | null = null
  let tellAt = 0

  function* watching({ tenantId, userId }: { tenantId: string; userId: string }): Iterable<LiveStream> {
    yield* byOwner.get(keyOf({ reach: 'own', tenantId, userId })) ?? []
    yield* byOwner.get(keyOf({ reach: 'tenant', tenantId })) ?? []
  }

  function onChanges(all: readonly TaskChange[]): void {
    for (const change of all) {
      let isWanted = false
      for (const stream of watching(change)) isWanted = stream.onChange(change) || isWanted
      if (isWanted) reader.want(change.tenantId, change.taskId)
    }
  }

  function give(tenantId: string, tasks: readonly StreamedTask[]): void {
    for (const stream of byOwner.get(keyOf({ reach: 'tenant', tenantId })) ?? []) stream.offer(tasks)
    const ofUsers = Map.groupBy(tasks, ({ userId }) => keyOf({ reach: 'own', tenantId, userId }))
    for (const [key, some] of ofUsers) {
      for (const stream of byOwner.get(key) ?? []) stream.offer(some)
    }
  }

  function* owners(): Iterable<TaskOwner> {
    for (const ofOwner of byOwner.values()) {
      for (const { scope } of ofOwner) {
        yield ownerOf(scope)
        break
      }
    }
  }

  /** Estimates once for all readers, every 5 seconds and soon after a new task or status. */
  async function tell(): Promise<void> {
    tellAt = clock.uptime() + TELL_EVERY_MS
    const underWay = new Map<string, Expecting>()
    for (const stream of streams) for (const task of stream.expecting()) underWay.set(task.taskId, task)
    if (underWay.size === 0) return
    const { hints } = await estimates.expect(underWay.values())
    for (const stream of streams) stream.tell(hints)
  }

  function tick(): void {
    for (const stream of streams) stream.tick()
    const isDue = clock.uptime() >= tellAt || [...streams].some(({ isCurious }) => isCurious)
    if (!isDue || telling) return
    telling = tell().finally(() => {
      telling = null
    })
  }

  function add(stream: LiveStream): void {
    streams.add(stream)
    const key = keyOf(ownerOf(stream.scope))
    const ofOwner = byOwner.get(key) ?? new Set()
    byOwner.set(key, ofOwner.add(stream))
    unsubscribe ??= changes.subscribe({ onChanges, following: () => [], owners })
    stopTicking ??= clock.every(TICK_MS, tick)
  }

  function remove(stream: LiveStream): void {
    streams.delete(stream)
    const key = keyOf(ownerOf(stream.scope))
    const ofOwner = byOwner.get(key)
    ofOwner?.delete(stream)
    if (ofOwner?.size === 0) byOwner.delete(key)
    if (streams.size > 0) return
    unsubscribe?.()
    unsubscribe = undefined
    stopTicking?.()
    stopTicking = undefined
    reader.stop()
  }

  return {
    async open({ readSnapshot, ...request }) {
      const stream: LiveStream = createTaskStream({
        ...request,
        read: (taskIds) => reader.wantNow(request.scope.tenantId, taskIds),
        onEnd: () => remove(stream),
        timings,
        clock,
        drawPauseMs,
        logger,
      })
      add(stream)
      try {
        const tasks = await readSnapshot()
        const { hints } = await estimates.expect(tasks)
        stream.begin(tasks.map(toSnapshotTask), hints)
        return stream
      } catch (error) {
        stream.close()
        throw error
      }
    },
    get size() {
      return streams.size
    },
    close() {
      for (const stream of streams) stream.reconnect()
    },
  }
}

function keyOf(owner: TaskOwner): string {
  return JSON.stringify(owner.reach === 'tenant' ? [owner.tenantId] : [owner.tenantId, owner.userId])
}
