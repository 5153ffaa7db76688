import { describeError, isTaskError, LIMITS, type StepItems, type TaskLogger } from '@brandkit/core'
import type { ProviderWait, TaskReport } from '../../store/attempt-writes.js'
import type { StoredUsage } from '../../store/store-usage.js'
import type { TaskStore } from '../../store/task-store.js'
import { generatorMistake } from '../plain-message.js'
import { MOST_PROGRESS } from '../step-share.js'
import { toStorableJson } from '../storable-json.js'
import type { Attempt } from './attempt.js'
import { createPartialResults, type PartialResults } from './partial-results.js'
import { ProgressBehind } from './progress-behind.js'
import { readReportedUsage, type ReportedUsage } from './reported-usage.js'
import { UsageReports } from './usage-reports.js'
import { TextBehind } from './text-behind.js'

const PARTIAL_RESULT = {
  what: 'The partial result',
  maxBytes: LIMITS.partialResultBytes,
  code: 'result_unserializable',
} as const

interface GeneratorReportsOptions {
  attempt: Attempt
  store: TaskStore
  logger: TaskLogger
  giveUp: AbortSignal
}

/** What the generator of one attempt tells while it runs: progress, steps, partial results, text and usage. */
export class GeneratorReports {
  readonly progress: ProgressBehind
  private readonly options: GeneratorReportsOptions
  private readonly attempt: Attempt
  private readonly store: TaskStore
  private readonly logger: TaskLogger
  /** Made with the first partial result: most generators have none. */
  private partials: PartialResults | undefined
  /** Made with the first report of usage. */
  private usage: UsageReports | undefined
  private streamed: TextBehind | undefined
  private closed = false
  private isRefusalTold = false

  constructor(options: GeneratorReportsOptions) {
    const { attempt, store, logger } = options
    this.options = options
    this.attempt = attempt
    this.store = store
    this.logger = logger
    this.progress = new ProgressBehind({
      stored: attempt.task.progress,
      write: (progress) => this.writeBehind({ progress }),
      clock: attempt.clock,
    })
  }

  /** Whether the generator has ended, so that its calls write nothing more. */
  get isClosed(): boolean {
    return this.closed
  }

  /** @throws RangeError for a value that is not a finite number, and the reason of an abort */
  reportProgress(percent: number): void {
    if (!Number.isFinite(percent)) throw new RangeError(`progress(${percent}): give a number from 0 to 100.`)
    if (this.closed) return
    this.attempt.signal.throwIfAborted()
    this.progress.report(Math.min(Math.max(percent, 0), MOST_PROGRESS))
  }

  /** @throws TaskError `result_unserializable`, and the reason of an abort */
  reportPartial(value: unknown): void {
    const partialResult = toStorableJson(value, PARTIAL_RESULT)
    if (this.closed) return
    this.attempt.signal.throwIfAborted()
    this.partials ??= createPartialResults(
      (latest) => this.progress.carry((progress) => this.write({ partialResult: latest, progress })),
      this.attempt.clock,
    )
    this.partials.report(partialResult)
  }

  /** @throws TaskError `internal_error` for what is no usage */
  reportUsage(used: ReportedUsage): void {
    const read = readUsage(used)
    this.usage ??= new UsageReports(this.options)
    this.usage.report(read)
  }

  /** @throws TypeError, TaskError `result_unserializable`, and the reason of an abort */
  appendText(text: string): void {
    if (typeof text !== 'string') throw new TypeError(`partial.append() takes a text, not ${typeof text}.`)
    if (this.closed) return
    this.attempt.signal.throwIfAborted()
    this.streamed ??= new TextBehind({
      kept: this.attempt.keptText,
      write: (news) => this.writeBehind({ text: news }),
      clock: this.attempt.clock,
    })
    this.streamed.append(text)
  }

  /** The streamed text, once the attempt has appended to it. */
  get text(): TextBehind | undefined {
    return this.streamed
  }

  async reportStep(currentStep: string, items?: StepItems): Promise<void> {
    await this.progress.carry((progress) => this.write({ currentStep, items, progress }))
  }

  /** Shows what the generator waits for; `null`: it goes on. */
  async reportWait(waitingFor: ProviderWait | null): Promise<void> {
    await this.progress.carry((progress) => this.write({ waitingFor, progress }))
  }

  /** Logs the first refused report, because most generators ignore the promise of a report. */
  tellRefusal(error: unknown): void {
    if (this.attempt.signal.aborted || this.isRefusalTold) return
    this.isRefusalTold = true
    const { taskId, traceId } = this.attempt.task
    this.logger.warn('A report of the generator was refused', { taskId, traceId, reason: describeError(error) })
  }

  /** Writes the waiting partial result and all usage. */
  async flush(): Promise<void> {
    await this.partials?.flush()
    await this.usage?.flush()
  }

  /** What to wait for before the task goes on, so that its usage is known; undefined if no usage was reported. */
  usageStored(): Promise<void> | undefined {
    return this.usage?.flush()
  }

  close(): void {
    this.closed = true
    this.progress.close()
    this.partials?.close()
    this.streamed?.close()
  }

  /**
   * Writes a report, and returns whether it is stored. Ignores an unavailable store, because a lost report must not fail the
   * task.
   */
  private async write(change: TaskReport): Promise<boolean> {
    const { attempt } = this
    if (this.closed) return false
    attempt.signal.throwIfAborted()
    try {
      await this.store.report(attempt.lease, change)
      return true
    } catch (error) {
      attempt.abortIfLost(error)
      attempt.signal.throwIfAborted()
      if (!isTaskError(error) || error.code !== 'store_unavailable') throw error
      return false
    }
  }

  /** For writes that no call of the generator awaits. */
  private async writeBehind(change: TaskReport): Promise<boolean> {
    try {
      return await this.write(change)
    } catch (error) {
      this.tellRefusal(error)
      return false
    }
  }
}

/** A mistake that ends the task at once: the call is paid already, and every retry would pay for it again. */
function readUsage(used: ReportedUsage): StoredUsage {
  try {
    return readReportedUsage(used)
  } catch (error) {
    throw generatorMistake(describeError(error))
  }
}
