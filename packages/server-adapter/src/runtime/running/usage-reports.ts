import { describeError, isTaskError, type TaskLogger } from '@brandkit/core'
import type { StoredUsage } from '../../store/store-usage.js'
import type { TaskStore } from '../../store/task-store.js'
import type { Attempt } from './attempt.js'
import { persist } from './persist.js'

/** More models than an attempt calls. The calls of further models count under this name, so that a task stays small. */
const MOST_MODELS = 20
const FURTHER_MODELS = 'other'

interface UsageReportsOptions {
  attempt: Attempt
  store: TaskStore
  logger: TaskLogger
  /** Aborts at the very end of a shutdown: what the store has not accepted by then is lost. */
  giveUp: AbortSignal
}

/**
 * What the calls of one attempt have used, written behind the generator's back: at once, and while a write is under way
 * together in the next one. No abort stops it, because the money is spent.
 */
export class UsageReports {
  private readonly options: UsageReportsOptions
  private readonly models = new Set<string>()
  private waiting = new Map<string, StoredUsage>()
  private sequence = 0
  private writing: Promise<void> | undefined

  constructor(options: UsageReportsOptions) {
    this.options = options
  }

  report(given: StoredUsage): void {
    const used = { ...given, model: this.nameOf(given.model) }
    const key = JSON.stringify([used.model, used.currency])
    const sum = this.waiting.get(key)
    this.waiting.set(key, sum ? added(sum, used) : used)
    this.writing ??= this.writeWaiting()
  }

  /** Resolves when all reports are stored, or given up. */
  async flush(): Promise<void> {
    await this.writing
  }

  private async writeWaiting(): Promise<void> {
    while (this.waiting.size > 0) {
      const used = [...this.waiting.values()]
      this.waiting = new Map()
      this.sequence += 1
      await this.write(used, this.sequence)
    }
    this.writing = undefined
  }

  private async write(used: readonly StoredUsage[], sequence: number): Promise<void> {
    const { attempt, store, logger, giveUp: signal } = this.options
    const { task, lease } = attempt
    const usage = { attempt: task.attempt, sequence, used }
    try {
      await persist(() => store.report(lease, { usage }), { signal, logger })
    } catch (error) {
      attempt.abortIfLost(error)
      // The store has kept the usage nevertheless.
      if (isTaskError(error) && error.code === 'ownership_lost') return
      const { taskId, traceId } = task
      logger.error('Usage could not be stored', {
        taskId,
        traceId,
        used: JSON.stringify(used),
        reason: describeError(error),
      })
    }
  }

  private nameOf(model: string): string {
    if (this.models.has(model)) return model
    if (this.models.size >= MOST_MODELS) return FURTHER_MODELS
    this.models.add(model)
    return model
  }
}

function added(sum: StoredUsage, used: StoredUsage): StoredUsage {
  return {
    ...sum,
    inputTokens: sum.inputTokens + used.inputTokens,
    outputTokens: sum.outputTokens + used.outputTokens,
    costMicros: sum.costMicros + used.costMicros,
  }
}
