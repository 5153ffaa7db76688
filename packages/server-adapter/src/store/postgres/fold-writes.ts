import type { StepItems, TaskErrorCode } from '@brandkit/core'
import { encodeJson } from '../encode-json.js'
import { finishesStep, toCheckpointKey } from '../checkpoint-key.js'
import { toShownText, toStorableText } from '../storable-text.js'
import {
  type AttemptEnd,
  type ProviderWait,
  type StepCheckpoint,
  type TaskReport,
  type TextAppend,
  textEndOf,
} from '../attempt-writes.js'
import type { Lease } from '../task-store.js'
import { type EndNoticeRow, toNoticeRows } from './notices/tell-ends.js'

/** What tells an attempt from all others. */
export type AttemptName = Pick<Lease, 'taskId' | 'epoch'>

/** One write of a worker. Its JSON is already encoded. */
export interface WriteEntry {
  lease: AttemptName
  leaseMs?: number
  progress?: number | undefined
  started?: string
  /** `finished`: the step that is finished with this checkpoint. */
  completed?: { step: string; finished?: string; output: string }
  /** Step and counts. */
  items?: readonly [step: string, counts: StepItems]
  partialResult?: string | undefined
  text?: TextAppend | undefined
  /** JSON; the text `null` ends the wait. */
  waitingFor?: string
  end?: { as: AttemptEnd['status']; result?: string; errorCode?: TaskErrorCode; lastError?: string; delayMs?: number }
  notices?: readonly EndNoticeRow[]
}

/**
 * All writes of one attempt that are sent together, as the one row that the statement reads. What a write does not have is
 * absent, which the database reads as null: reading names and nulls was a fifth of its work.
 */
export interface FoldedWrite {
  id: string
  epoch: number
  lease_ms?: number
  progress?: number
  current_step?: string
  partial_result?: string
  waiting_for?: string
  started?: string[]
  /** The steps that are finished. Empty when only items were stored. */
  completed?: string[]
  items?: Record<string, StepItems>
  /** Whether others see a difference; a beat alone is invisible to them. */
  visible: boolean
  ending?: AttemptEnd['status']
  result?: string | undefined
  error_code?: TaskErrorCode | undefined
  last_error?: string | undefined
  delay_ms?: number | undefined
  text_length?: number
  /** The length of the text at the last checkpoint. */
  text_kept?: number
}

export interface CheckpointRow {
  task_id: string
  epoch: number
  step: string
  output: string
}

/** A piece of streamed text. Its JSON keeps half a surrogate pair, whose other half is in the next piece. */
export interface TextRow {
  task_id: string
  epoch: number
  at: number
  until: number
  piece: string
}

export function toBeat(lease: AttemptName, leaseMs: number): WriteEntry {
  return { lease, leaseMs }
}

export function toReport(lease: AttemptName, report: TaskReport): WriteEntry {
  const { progress, currentStep, items, partialResult, text, waitingFor } = report
  return {
    lease,
    progress,
    ...(currentStep !== undefined && { started: toShownText(currentStep) }),
    ...(currentStep !== undefined && items && { items: [toShownText(currentStep), items] as const }),
    ...(partialResult !== undefined && { partialResult: encodeJson(partialResult) }),
    ...(text && { text }),
    ...(waitingFor !== undefined && { waitingFor: encodeWait(waitingFor) }),
  }
}

export function toCheckpoint(lease: AttemptName, checkpoint: StepCheckpoint): WriteEntry {
  const { step, item, items, output, progress, text } = checkpoint
  const shown = toShownText(step)
  const completed = { step: toStorableText(toCheckpointKey(step, item)), output: encodeJson(output) }
  return {
    lease,
    progress,
    text,
    completed: finishesStep(checkpoint) ? { ...completed, finished: shown } : completed,
    ...(items && { items: [shown, items] as const }),
  }
}

export function toEnd(lease: AttemptName, end: AttemptEnd): WriteEntry {
  const entry = toOwnEnd(lease, end)
  if (end.notices) {
    // The row decides whether a retry or a release is the end after all.
    const statuses = [end.status === 'completed' ? 'completed' : 'failed'] as const
    entry.notices = toNoticeRows(toStorableText(lease.taskId), end.notices, statuses)
  }
  return entry
}

function toOwnEnd(lease: AttemptName, end: AttemptEnd): WriteEntry {
  if (end.status === 'completed')
    return { lease, text: end.text, end: { as: end.status, result: encodeJson(end.result) } }
  if (end.status === 'unstarted') return { lease, end: { as: end.status } }
  const { progress, text } = end
  if (end.status === 'release') return toRelease(lease, end)
  const failure = { errorCode: end.errorCode, lastError: toShownText(end.lastError) }
  if (end.status === 'failed') return { lease, progress, text, end: { as: end.status, ...failure } }
  return { lease, progress, text, end: { as: end.status, ...failure, delayMs: end.delayMs } }
}

function toRelease(
  lease: AttemptName,
  { progress, text, wait }: Extract<AttemptEnd, { status: 'release' }>,
): WriteEntry {
  if (!wait) return { lease, progress, text, end: { as: 'release' } }
  const { delayMs, ...waitingFor } = wait
  return { lease, progress, text, waitingFor: encodeWait(waitingFor), end: { as: 'release', delayMs } }
}

function encodeWait(waitingFor: ProviderWait | null): string {
  return encodeJson(waitingFor)
}

/**
 * One UPDATE applies only one of two entries for the same row. So the entries of one attempt become one: the greatest
 * progress, the latest step and partial result, every checkpoint and piece of text, and the end.
 */
export function foldWrites(entries: readonly WriteEntry[]): {
  writes: FoldedWrite[]
  checkpoints: CheckpointRow[]
  texts: TextRow[]
} {
  const writes = new Map<string, FoldedWrite>()
  const checkpoints = new Map<string, CheckpointRow>()
  const texts = new Map<string, TextRow>()
  for (const { lease, leaseMs, progress, started, completed, items, partialResult, text, waitingFor, end } of entries) {
    const attempt = attemptOf(lease)
    const write = writes.get(attempt) ?? { id: toStorableText(lease.taskId), epoch: lease.epoch, visible: false }
    writes.set(attempt, write)
    write.visible ||= leaseMs === undefined
    if (leaseMs !== undefined) write.lease_ms = leaseMs
    // Progress stays below 100 until the task is over.
    if (progress !== undefined) write.progress = Math.max(write.progress ?? 0, Math.min(progress, 99.9))
    if (started !== undefined) {
      write.current_step = started
      ;(write.started ??= []).push(started)
    }
    if (completed) {
      const { step, finished, output } = completed
      write.completed ??= []
      if (finished !== undefined) write.completed.push(finished)
      const key = JSON.stringify([attempt, step])
      checkpoints.set(key, { task_id: lease.taskId, epoch: lease.epoch, step, output })
    }
    if (items) write.items = { ...write.items, [items[0]]: items[1] }
    if (partialResult !== undefined) write.partial_result = partialResult
    if (text) foldText(text, write, { texts, isKept: completed !== undefined })
    if (waitingFor !== undefined) write.waiting_for = waitingFor
    if (end) {
      write.ending = end.as
      write.result = end.result
      write.error_code = end.errorCode
      write.last_error = end.lastError
      write.delay_ms = end.delayMs
    }
  }
  return { writes: [...writes.values()], checkpoints: [...checkpoints.values()], texts: [...texts.values()] }
}

/** Two pieces may begin at the same character: the longer one repeats the other. */
function foldText(
  text: TextAppend,
  write: FoldedWrite,
  { texts, isKept }: { texts: Map<string, TextRow>; isKept: boolean },
): void {
  const { at, append } = text
  const until = textEndOf(text)
  write.text_length = Math.max(write.text_length ?? 0, until)
  if (isKept) write.text_kept = Math.max(write.text_kept ?? 0, until)
  const { id: task_id, epoch } = write
  const key = `${at} ${epoch} ${task_id}`
  if (until <= (texts.get(key)?.until ?? at)) return
  texts.set(key, { task_id, epoch, at, until, piece: encodeJson(append) })
}

/** Whether the write concerns items of steps: most tasks have none, and their statement does not mention them. */
export function hasItems({ items }: FoldedWrite): boolean {
  return items !== undefined
}

export function attemptOf({ taskId, epoch }: AttemptName): string {
  return `${epoch} ${taskId}`
}
