import { isTerminal } from '@brandkit/core'
import { isInScope, type TaskScope } from '../principal.js'
import { encodeJson } from './encode-json.js'
import { isReleased, releaseFollowers } from './memory/after-rows.js'
import { actsOnRows } from './memory/act-on-rows.js'
import { createAuditRows } from './memory/audit-rows.js'
import { claimRow, leaseEndOf } from './memory/claim-row.js'
import { createRows, type IdempotencyKeys } from './memory/create-rows.js'
import { toDueTask } from './memory/due-row.js'
import { listRows } from './memory/list-rows.js'
import { hasRoom, releaseRows } from './memory/limit-rows.js'
import { maintainRows } from './memory/maintain-rows.js'
import { createNoticeRows } from './memory/notice-rows.js'
import { isUntouched, touch, toStoredTask, withoutContent, type MemoryRow } from './memory/memory-row.js'
import { outlookOfRows, statsOfRows, throughputOfRows } from './memory/read-rows.js'
import { createWorkerRows } from './memory/worker-rows.js'
import { createRowChanges } from './memory/row-changes.js'
import { settleRow } from './memory/settle-row.js'
import { createUsageBook } from './memory/usage-book.js'
import { finishesStep, toCheckpointKey } from './checkpoint-key.js'
import { appendText, copyPieces, cutText, keepText, toTaskWithPieces, toTaskWithText } from './memory/text-of-row.js'
import { toShownText, toStorableText } from './storable-text.js'
import { assertDelay, ownershipLost } from './store-errors.js'
import type { Lease, TaskStore } from './task-store.js'

export interface MemoryStoreOptions {
  /** The store's clock, in milliseconds since the epoch. Default `Date.now`. */
  now?: () => number
}

/**
 * Keeps tasks in the memory of this process, for tests and for trying things out. This store is also the reference: every
 * other store behaves as it does.
 */
export function memoryStore({ now = Date.now }: MemoryStoreOptions = {}): TaskStore {
  return createMemory({ now }).store
}

/** A memory store and its rows: the fake task server writes into the rows. */
export interface Memory {
  store: TaskStore
  rows: Map<string, MemoryRow>
  /** Tells watchers that a row has changed, as every write of the store does. */
  changed: (row: MemoryRow) => void
}

export function createMemory({ now }: Required<MemoryStoreOptions>): Memory {
  const rows = new Map<string, MemoryRow>()
  const keys: IdempotencyKeys = new Map()
  const notices = createNoticeRows(rows)
  const usage = createUsageBook()
  const { changed, watch, stopAll } = createRowChanges()
  const workers = createWorkerRows()
  let lastPass = -Infinity

  function owned(lease: Lease): MemoryRow {
    const row = rows.get(lease.taskId)
    if (!row || row.status !== 'processing' || row.epoch !== lease.epoch) throw ownershipLost(lease)
    return row
  }

  function visible(taskId: string, scope: TaskScope): MemoryRow | undefined {
    const row = rows.get(taskId)
    return row && isInScope(row.input, scope) ? row : undefined
  }

  const audit = createAuditRows(now)
  const store: TaskStore = {
    ...actsOnRows({ rows, keys, audit, notices, usage, visible, changed, now }),
    name: 'memory',
    capabilities: {
      durable: false,
      shared: false,
      warning: 'The memory store forgets every task when its process or page ends.',
    },
    async open() {},
    async close() {
      stopAll()
    },

    create: createRows({ rows, keys, notices, audit, now, changed }),

    async find(taskIds, scope, { without, textAfter, textAs, also } = {}) {
      const ids = also ? withRetries(taskIds, rows.values()) : new Set(taskIds)
      const found = [...ids].flatMap((taskId) => visible(taskId, scope) ?? [])
      if (textAfter !== undefined)
        return found.map((row) => (textAs ? toTaskWithPieces(row, textAfter) : toTaskWithText(row, textAfter)))
      if (also) return found.map(withoutContent)
      return found.map((row) => toStoredTask(without ? { ...row, payload: undefined } : row))
    },

    async list(filter, scope) {
      return listRows(rows.values(), filter, scope)
    },

    async claim({ taskId, knownTypes, typeVersions, leaseMs, limits, textAs }) {
      const row = rows.get(taskId)
      const at = now()
      if (!row || isTerminal(row.status) || !knownTypes.includes(row.input.type)) return { outcome: 'over' }
      if ((row.input.typeVersion ?? 1) > (typeVersions?.get(row.input.type) ?? Infinity)) return { outcome: 'over' }
      if (row.status === 'processing') return { outcome: 'busy', leaseMs: Math.max(0, row.leaseExpiresAt - at) }
      if (row.waitsFor) return { outcome: 'held' }
      if (row.runAt > at) return { outcome: 'early', dueInMs: row.runAt - at }
      row.held = limits !== undefined && !hasRoom(rows.values(), row, limits)
      if (row.held) return { outcome: 'held' }

      claimRow(row, { now: at, leaseMs })
      const text = cutText(row)
      touch(row, at)
      changed(row)
      const checkpoints = new Map([...row.checkpoints].map(([step, output]) => [step, JSON.parse(output) as unknown]))
      const lease = { taskId, tenantId: row.input.tenantId, epoch: row.epoch }
      const deadlineInMs = row.deadlineAt === Infinity ? undefined : Math.max(0, row.deadlineAt - at)
      const task = toStoredTask(row)
      if (textAs && row.text) task.textPieces = copyPieces(row)
      return { outcome: 'claimed', task, lease, checkpoints, text: textAs ? undefined : text, deadlineInMs }
    },

    async releaseNext(ended, { limits, notices: wanted } = {}) {
      const held = limits ? releaseRows([...rows.values()], ended, limits) : []
      const followers = ended.awaited ? releaseFollowers(rows, now()) : []
      for (const row of followers) {
        notices.add(row, wanted, now())
        changed(row)
      }
      return [...held, ...followers.filter(isReleased)].map((row) => toDueTask(row, now()))
    },

    async beat(lease, { leaseMs }) {
      const row = owned(lease)
      row.leaseExpiresAt = leaseEndOf(row, { now: now(), leaseMs })
      if (!isUntouched(row)) return
      touch(row, now())
      changed(row)
    },

    async report(lease, { progress, currentStep, items, partialResult, text, waitingFor, usage: used }) {
      const spender = used && usage.enter(lease, used, { rows, now: now() })
      if (spender) changed(spender)
      const partial = partialResult === undefined ? undefined : encodeJson(partialResult)
      const row = owned(lease)
      raise(row, progress)
      if (currentStep !== undefined) {
        const step = toShownText(currentStep)
        row.currentStep = step
        row.stepStartedAt[step] = now()
        if (items) row.stepItems = { ...row.stepItems, [step]: items }
      }
      if (partial !== undefined) row.partialResult = partial
      appendText(row, text)
      if (waitingFor !== undefined) row.waitingFor = waitingFor ? { ...waitingFor } : undefined
      touch(row, now())
      changed(row)
    },

    async checkpoint(lease, checkpoint) {
      const { step, item, items, output, progress, text } = checkpoint
      const encoded = encodeJson(output)
      const row = owned(lease)
      row.checkpoints.set(toStorableText(toCheckpointKey(step, item)), encoded)
      if (finishesStep(checkpoint)) row.stepCompletedAt[toShownText(step)] = now()
      if (items) row.stepItems = { ...row.stepItems, [toShownText(step)]: items }
      row.checkpointEpoch = row.epoch
      appendText(row, text)
      keepText(row, text)
      raise(row, progress)
      touch(row, now())
      changed(row)
    },

    async settle(lease, end) {
      assertDelay(end)
      const result = end.status === 'completed' ? encodeJson(end.result) : undefined
      const known = rows.get(lease.taskId)
      // The reply to the first call may have been lost.
      if (known?.settled?.epoch === lease.epoch && known.settled.as === end.status) return toStoredTask(known)

      const row = owned(lease)
      if ('progress' in end) raise(row, end.progress)
      if ('text' in end) appendText(row, end.text)
      settleRow(row, end, result, now())
      notices.add(row, end.notices, now())
      changed(row)
      return toStoredTask(row)
    },

    async maintain(input) {
      if (input.worker) workers.sign(input.worker, now())
      if (now() - lastPass < input.minIntervalMs) return null
      lastPass = now()
      if (input.retention.auditMs !== undefined) audit.purge(input.retention.auditMs, input.limit)
      return maintainRows(rows, input, { now: now(), changed, notices })
    },

    async takeNotices(input) {
      return notices.take(input, now())
    },

    watch,

    async stats(tenantId) {
      return { ...statsOfRows(rows.values(), tenantId, now()), ...notices.stats(tenantId), ...workers.stats(now()) }
    },

    async throughput(query) {
      return throughputOfRows(rows.values(), query, now())
    },

    usage: async (query) => usage.sums(query, { rows, now: now() }),

    async outlook(input) {
      return outlookOfRows(rows.values(), input, now())
    },
  }
  return { store, rows, changed }
}

/** The tasks, those that repeat them, and so on. A retry comes after what it repeats. */
function withRetries(taskIds: readonly string[], rows: Iterable<MemoryRow>): Set<string> {
  const ids = new Set(taskIds)
  for (const { input } of rows) if (input.retryOf !== undefined && ids.has(input.retryOf)) ids.add(input.taskId)
  return ids
}

/** Progress never falls, and stays below 100 until the task is over. */
function raise(row: MemoryRow, progress: number | undefined): void {
  if (progress !== undefined && progress > row.progress) row.progress = Math.min(progress, 99.9)
}
