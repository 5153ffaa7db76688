import { describeError, type TaskLogger } from '@brandkit/core'
import type { Clock } from '../../clock.js'
import { answerInTime } from '../../patience.js'
import { isLimiterAnswer, LIMITER_MS } from '../limiter-answer.js'
import type { CreateProviderLimiter, ProviderLimit, ProviderLimiter } from './provider-limits.js'

const WINDOW_MS = 60_000

/** How many minutes ahead are searched for room. Later, the search begins again. */
const MOST_AHEAD = 60

/** How long a full minute is not asked again, in milliseconds: other workers may give their places back. */
const FULL_MS = 5_000

/** How long a limiter keeps a minute that is over, in seconds, because the clocks of workers differ. */
const MARGIN_SECONDS = 60

/** The end of a rest is kept in seconds since then, which fit into the integers of Postgres until 2094. */
const EPOCH_SECONDS = Date.UTC(2026) / 1_000

/** One request and its tokens, in the minute in which they may be asked for. */
export interface Reservation {
  /** Milliseconds since the epoch. */
  at: number
  tokens: number
  /** Nothing is reserved, because there is no room for a long time: ask again then. */
  isReserved: boolean
}

interface Allowance {
  kind: 'requests' | 'tokens'
  most: number
  limiter: ProviderLimiter
}

interface ProviderBudgetOptions {
  name: string
  limit: ProviderLimit
  createLimiter: CreateProviderLimiter
  clock: Clock
  logger: TaskLogger
}

/**
 * What may be asked of one provider, over all workers. A request that finds no room in this minute takes its room in the next
 * minute that has some. So nobody can overtake it, however long its worker is busy with other tasks meanwhile.
 */
export class ProviderBudget {
  readonly name: string
  readonly tokensPerMinute: number | undefined
  private readonly clock: Clock
  private readonly logger: TaskLogger
  private readonly allowances: readonly Allowance[]
  /** What was left when a minute refused, by allowance and minute, and when. */
  private readonly left = new Map<string, { points: number; at: number }>()

  constructor({ name, limit, createLimiter, clock, logger }: ProviderBudgetOptions) {
    this.name = name
    this.tokensPerMinute = limit.tokensPerMinute
    this.clock = clock
    this.logger = logger
    const kinds = { requests: limit.requestsPerMinute, tokens: limit.tokensPerMinute }
    this.allowances = (['requests', 'tokens'] as const).flatMap((kind) => {
      const most = kinds[kind]
      const policy = { duration: WINDOW_MS / 1_000, keyPrefix: `brandkit:${kind}` }
      return most === undefined ? [] : [{ kind, most, limiter: createLimiter({ points: most, ...policy }) }]
    })
  }

  /** Takes room for a request in the first minute that has it. */
  async reserve(tokens: number): Promise<Reservation> {
    const now = this.clock.now()
    const from = Math.max(now, await this.restUntil())
    this.forgetBefore(minuteOf(now))
    const first = minuteOf(from)
    for (let minute = first; minute < first + MOST_AHEAD; minute += 1) {
      if (await this.take(minute, tokens)) return { at: Math.max(from, minute * WINDOW_MS), tokens, isReserved: true }
    }
    return { at: (first + MOST_AHEAD) * WINDOW_MS, tokens, isReserved: false }
  }

  /** The reservation, once its time has come, or a later one: its minute is over, or the provider rests. */
  async confirm(reservation: Reservation): Promise<Reservation> {
    const at = Math.max(this.clock.now(), await this.restUntil())
    if (reservation.isReserved && minuteOf(reservation.at) === minuteOf(at)) return { ...reservation, at }
    await this.giveBack(reservation)
    return this.reserve(reservation.tokens)
  }

  async giveBack({ at, tokens, isReserved }: Reservation): Promise<void> {
    if (!isReserved || minuteOf(at) < minuteOf(this.clock.now())) return
    for (const allowance of this.allowances) {
      this.left.delete(`${allowance.kind} ${minuteOf(at)}`)
      await this.reward(allowance, minuteOf(at), amountOf(allowance, tokens))
    }
  }

  /** No worker asks the provider for so many milliseconds. A longer rest stays. */
  async rest(ms: number): Promise<void> {
    const until = Math.ceil((this.clock.now() + ms) / 1_000)
    if (until * 1_000 <= (await this.restUntil())) return
    const seconds = Math.ceil(ms / 1_000) + MARGIN_SECONDS
    await this.ask((limiter) => limiter.set(`${this.name}:rest`, until - EPOCH_SECONDS, seconds))
  }

  /** Milliseconds since the epoch. */
  private async restUntil(): Promise<number> {
    const resting = await this.ask((limiter) => limiter.get(`${this.name}:rest`))
    return resting ? (resting.consumedPoints + EPOCH_SECONDS) * 1_000 : 0
  }

  private async take(minute: number, tokens: number): Promise<boolean> {
    const needs = this.allowances.map((allowance) => ({ allowance, amount: amountOf(allowance, tokens) }))
    if (needs.some(({ allowance, amount }) => this.isFull(allowance, minute, amount))) return false
    for (const [index, { allowance, amount }] of needs.entries()) {
      if (await this.consume(allowance, minute, amount)) continue
      // A refused amount counts, too.
      for (const taken of needs.slice(0, index + 1)) await this.reward(taken.allowance, minute, taken.amount)
      return false
    }
    return true
  }

  private isFull({ kind }: Allowance, minute: number, amount: number): boolean {
    const left = this.left.get(`${kind} ${minute}`)
    return left !== undefined && amount > left.points && this.clock.now() - left.at < FULL_MS
  }

  private async consume({ kind, most, limiter }: Allowance, minute: number, amount: number): Promise<boolean> {
    if (amount === 0) return true
    try {
      await this.inTime(limiter.consume(this.keyOf(minute), amount, this.lifeOf(minute)))
      return true
    } catch (refusal) {
      if (!isLimiterAnswer(refusal)) return this.letThrough(refusal)
      const { consumedPoints = most } = refusal as { consumedPoints?: number }
      const points = Math.max(0, most - (consumedPoints - amount))
      this.left.set(`${kind} ${minute}`, { points, at: this.clock.now() })
      return false
    }
  }

  private async reward({ limiter }: Allowance, minute: number, amount: number): Promise<void> {
    if (amount === 0) return
    try {
      await this.inTime(limiter.reward(this.keyOf(minute), amount, this.lifeOf(minute)))
    } catch (error) {
      // The minute has less room than it could have.
      this.letThrough(error)
    }
  }

  private async ask<T>(question: (limiter: ProviderLimiter) => Promise<T>): Promise<T | null> {
    const [allowance] = this.allowances
    if (!allowance) return null
    try {
      return await this.inTime(question(allowance.limiter))
    } catch (error) {
      this.letThrough(error)
      return null
    }
  }

  private letThrough(reason: unknown): true {
    this.logger.warn('The budget of a provider cannot be counted, so a request is let through', {
      provider: this.name,
      reason: describeError(reason),
    })
    return true
  }

  private inTime<T>(answer: Promise<T>): Promise<T> {
    return answerInTime(answer, { from: 'The limiter', ms: LIMITER_MS })
  }

  private keyOf(minute: number): string {
    return `${this.name}:${minute}`
  }

  private lifeOf(minute: number): { customDuration: number } {
    const rest = Math.ceil(((minute + 1) * WINDOW_MS - this.clock.now()) / 1_000)
    return { customDuration: Math.max(0, rest) + MARGIN_SECONDS }
  }

  private forgetBefore(minute: number): void {
    for (const key of this.left.keys()) {
      if (Number(key.split(' ')[1]) < minute) this.left.delete(key)
    }
  }
}

function minuteOf(at: number): number {
  return Math.floor(at / WINDOW_MS)
}

function amountOf({ kind }: Allowance, tokens: number): number {
  return kind === 'requests' ? 1 : tokens
}
