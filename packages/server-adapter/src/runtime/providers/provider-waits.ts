import { readTaskError } from '@brandkit/core'
import type { ProviderWait } from '../../store/attempt-writes.js'
import type { Attempt } from '../running/attempt.js'
import type { GeneratorReports } from '../running/generator-reports.js'
import type { ProviderBudget, Reservation } from './provider-budget.js'
import type { ProviderBudgets } from './provider-budgets.js'
import { StepWorks } from './step-works.js'

/** The shortest wait that is shown, in milliseconds. */
const SHOWN_MS = 1_000

interface Waiting {
  budget: ProviderBudget
  reservation: Reservation
}

export interface ProviderWaitsOptions {
  budgets: ProviderBudgets
  attempt: Attempt
  reports: GeneratorReports
  /** How long a wait may keep the slot of the attempt, in milliseconds. */
  mostMs: number
}

/** What the generator of one attempt asks of providers. */
export class ProviderWaits {
  readonly works: StepWorks
  private readonly options: ProviderWaitsOptions
  private readonly waiting = new Set<Waiting>()
  private released: Waiting | undefined
  private lastAsked: ProviderBudget | undefined
  /** What an earlier attempt has waited for. */
  private inherited: ProviderWait | undefined

  constructor(options: ProviderWaitsOptions) {
    this.options = options
    this.inherited = options.attempt.task.waitingFor
    this.works = new StepWorks(() => this.considerRelease())
  }

  /** Why the attempt was released, for its end. */
  get wait(): (ProviderWait & { delayMs: number }) | undefined {
    if (!this.released) return undefined
    const { at } = this.released.reservation
    return { ...toWait(this.released), delayMs: Math.max(0, at - this.options.attempt.clock.now()) }
  }

  /** Resolves when the provider may be asked. */
  async take(name: string, tokens: number): Promise<void> {
    const { budgets, attempt } = this.options
    attempt.signal.throwIfAborted()
    const budget = await budgets.find(name, tokens)
    let reservation = (await this.inherit(budget, tokens)) ?? (await budget.reserve(tokens))
    while (reservation.at > attempt.clock.now()) {
      await this.waitFor({ budget, reservation })
      reservation = await budget.confirm(reservation)
    }
    if (attempt.abortReason) void budget.giveBack(reservation)
    attempt.signal.throwIfAborted()
    this.lastAsked = budget
    this.works.grant()
  }

  /** After an error that says when to try again, no worker asks the provider before that time. */
  async noteFailure(error: unknown): Promise<void> {
    const retryAfterMs = readTaskError(error)?.retryAfterMs
    if (retryAfterMs !== undefined && retryAfterMs > 0) await this.lastAsked?.rest(retryAfterMs)
  }

  /** The room that an earlier attempt has reserved. It counts once. */
  private async inherit(budget: ProviderBudget, tokens: number): Promise<Reservation | undefined> {
    const wait = this.inherited
    if (wait?.provider !== budget.name || wait.tokens === undefined || tokens > wait.tokens) return undefined
    this.inherited = undefined
    await this.options.reports.reportWait(null)
    return budget.confirm({ at: Date.parse(wait.until), tokens: wait.tokens, isReserved: true })
  }

  private async waitFor(waiting: Waiting): Promise<void> {
    const { attempt } = this.options
    const { budget, reservation } = waiting
    const isShown = reservation.at - attempt.clock.now() >= SHOWN_MS
    const endWait = this.works.wait()
    this.waiting.add(waiting)
    try {
      this.considerRelease()
      if (isShown) await this.showNext()
      await sleepUntil(reservation.at, attempt)
    } catch (error) {
      // What is stored with the task is for its next attempt.
      const isStored = this.released ? waiting === this.released : isShown
      if (!isStored) void budget.giveBack(reservation)
      throw error
    } finally {
      this.waiting.delete(waiting)
      endWait()
    }
    if (isShown) await this.showNext()
  }

  /** Shows the wait that ends first, if any is left. */
  private async showNext(): Promise<void> {
    const next = this.findNext()
    await this.options.reports.reportWait(next ? toWait(next) : null)
  }

  private findNext(): Waiting | undefined {
    const [next] = [...this.waiting].toSorted((one, other) => one.reservation.at - other.reservation.at)
    return next
  }

  /** Releases the attempt when it would only wait, and longer than it may keep its slot. */
  private considerRelease(): void {
    const { attempt, mostMs } = this.options
    const next = this.findNext()
    if (!next || attempt.abortReason || next.reservation.at - attempt.clock.now() <= mostMs) return
    if (!this.works.mayBeReleased()) return
    this.released = next
    attempt.abort('waiting_for_provider')
  }
}

function toWait({ budget, reservation }: Waiting): ProviderWait {
  const wait: ProviderWait = { provider: budget.name, until: new Date(reservation.at).toISOString() }
  if (reservation.isReserved) wait.tokens = reservation.tokens
  return wait
}

/** Rejects with the signal's reason as soon as the attempt is aborted. */
async function sleepUntil(at: number, { clock, signal }: Attempt): Promise<void> {
  signal.throwIfAborted()
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const stop = clock.after(at - clock.now(), resolve)
  const abort = () => reject(signal.reason as Error)
  signal.addEventListener('abort', abort)
  try {
    await promise
  } finally {
    stop()
    signal.removeEventListener('abort', abort)
  }
}
