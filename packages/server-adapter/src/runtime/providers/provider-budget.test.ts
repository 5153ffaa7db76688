import { createLogger, type LogEntry, silentLogger } from '@brandkit/core'
import { startPostgres, type TestPostgres } from '@brandkit/tooling/postgres'
import { startRedis, type TestRedis } from '@brandkit/tooling/redis'
import { Redis } from 'ioredis'
import { RateLimiterRedis } from 'rate-limiter-flexible'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { memoryStore } from '../../store/memory-store.js'
import { postgresStore } from '../../store/postgres/postgres-store.js'
import type { TaskStore } from '../../store/task-store.js'
import { createManualClock, type ManualClock, toClock } from '../../testing/fake-server/fake-clock.js'
import { times } from '../../testing/store/new-task.js'
import type { TaskLimits } from '../creating/task-limits.js'
import type { Reservation } from './provider-budget.js'
import { createProviderBudgets, type ProviderBudgets } from './provider-budgets.js'
import type { CreateProviderLimiter } from './provider-limits.js'

const MINUTE_MS = 60_000
const START = Date.UTC(2027, 2, 1, 12)

let postgres: TestPostgres
let redis: TestRedis
let stores: TaskStore[]
let client: Redis
beforeAll(async () => {
  ;[postgres, redis] = await Promise.all([startPostgres(), startRedis()])
  const url = await postgres.createDatabase()
  stores = [postgresStore(url), postgresStore(url)]
  for (const store of stores) await store.open()
  client = new Redis(redis.url)
})
afterAll(async () => {
  client.disconnect()
  for (const store of stores) await store.close()
  await Promise.all([postgres.stop(), redis.stop()])
})

/** Each test has providers of its own. */
let count = 0
let provider: string

function budgetsOf(
  clock: ManualClock,
  { store = memoryStore(), ...limits }: Partial<TaskLimits> & { store?: TaskStore | undefined },
): ProviderBudgets {
  const budgets = createProviderBudgets(limits, { store, clock: toClock(clock), logger: silentLogger })
  if (!budgets) throw new Error('There are no budgets.')
  return budgets
}

const minutesOf = (reservations: readonly Reservation[]) =>
  reservations.map(({ at }) => (at - START) / MINUTE_MS).toSorted((a, b) => a - b)
const fails = () => Promise.reject(new Error('Redis is away.'))
const providerLimiter: CreateProviderLimiter = (policy) => new RateLimiterRedis({ storeClient: client, ...policy })

const PLACES = {
  Postgres: () => stores.map((store) => ({ store })),
  Redis: () => [{ providerLimiter }, { providerLimiter }],
}

describe.each(['Postgres', 'Redis'] as const)('a budget that two workers share over %s', (place) => {
  let clock: ManualClock

  async function openWorkers(limit: { requestsPerMinute?: number; tokensPerMinute?: number }) {
    clock = createManualClock(START)
    provider = `provider ${(count += 1)}`
    const workers = PLACES[place]().map((options) => budgetsOf(clock, { ...options, providers: { [provider]: limit } }))
    const [one, other] = await Promise.all(workers.map((budgets) => budgets.find(provider, 0)))
    if (!one || !other) throw new Error('A worker is missing.')
    return { one, other }
  }

  it('gives each minute what it may have, and everybody a place', async () => {
    const { one, other } = await openWorkers({ requestsPerMinute: 4, tokensPerMinute: 1_000 })
    const reservations: Reservation[] = []
    // Without a race, so that the places are those of their order.
    for (const budget of times(10, (index) => (index % 2 === 0 ? one : other)))
      reservations.push(await budget.reserve(100))
    expect(minutesOf(reservations)).toEqual([0, 0, 0, 0, 1, 1, 1, 1, 2, 2])
  })

  it('never gives more than that, also when all ask at once', async () => {
    const { one, other } = await openWorkers({ requestsPerMinute: 50, tokensPerMinute: 1_000 })
    const reservations = await Promise.all(times(30, (index) => (index % 2 === 0 ? one : other).reserve(100)))
    const counts = Map.groupBy(minutesOf(reservations), (minute) => minute)
    for (const [, inMinute] of counts) expect(inMinute.length).toBeLessThanOrEqual(10)
    expect(reservations.every(({ isReserved }) => isReserved)).toBe(true)
  })

  it('lets no small request overtake a large one that waits', async () => {
    const { one, other } = await openWorkers({ tokensPerMinute: 1_000 })
    await one.reserve(600)
    const large = await one.reserve(900)
    const small = []
    for (const tokens of [300, 300, 300]) small.push(await other.reserve(tokens))
    expect(minutesOf([large])).toEqual([1])
    // The rest of this minute is used, and the next one has no room beside the large one.
    expect(minutesOf(small)).toEqual([0, 2, 2])
  })

  it('has room again for what was given back', async () => {
    const { one, other } = await openWorkers({ requestsPerMinute: 1 })
    await one.giveBack(await one.reserve(0))
    expect(minutesOf([await other.reserve(0)])).toEqual([0])
    const [first, second] = [await one.reserve(0), await other.reserve(0)]
    expect(minutesOf([first, second])).toEqual([1, 2])
    // The other worker has seen the minute full, and asks again soon.
    await one.giveBack(first)
    await clock.advance(5_000)
    expect(minutesOf([await other.reserve(0)])).toEqual([1])
  })

  it('rests for all when one was told to, and a shorter rest ends no longer one', async () => {
    const { one, other } = await openWorkers({ requestsPerMinute: 100 })
    await one.rest(90_000)
    await other.rest(1_000)
    const [first, second] = [await one.reserve(0), await other.reserve(0)]
    expect([first.at, second.at]).toEqual([START + 90_000, START + 90_000])
    await clock.advance(90_000)
    expect((await other.reserve(0)).at).toBe(START + 90_000)
  })

  it('moves a place whose minute a rest has passed over', async () => {
    const { one, other } = await openWorkers({ requestsPerMinute: 1 })
    await one.reserve(0)
    const next = await one.reserve(0)
    await clock.advance(MINUTE_MS)
    await other.rest(30_000)
    expect((await one.confirm(next)).at).toBe(START + 90_000)
    await other.rest(70_000)
    expect((await one.confirm(next)).at).toBe(START + 130_000)
  })
})

describe('a provider budget', () => {
  it('lets requests through while its limiter fails', async () => {
    const entries: LogEntry[] = []
    const clock = createManualClock(START)
    const budgets = createProviderBudgets(
      {
        providers: { openai: { requestsPerMinute: 1 } },
        providerLimiter: () => ({ consume: fails, reward: fails, get: fails, set: fails }),
      },
      {
        store: memoryStore(),
        clock: toClock(clock),
        logger: createLogger({ sink: (entry) => void entries.push(entry) }),
      },
    )
    const budget = await budgets?.find('openai', 0)
    expect(await budget?.reserve(0)).toMatchObject({ at: START })
    expect(await budget?.reserve(0)).toMatchObject({ at: START })
    expect(entries.map(({ fields }) => fields['reason'])).toContain('Error: Redis is away.')
  })

  it('is counted in memory with a warning when a shared store has no database for it', async () => {
    const warn = vi.fn()
    const store = { ...memoryStore(), capabilities: { durable: true, shared: true } }
    const options = { store, clock: toClock(createManualClock(START)), logger: { ...silentLogger, warn } }
    await createProviderBudgets({ providers: { openai: { requestsPerMinute: 1 } } }, options)?.find('openai', 0)
    expect(warn.mock.calls).toEqual([[expect.stringContaining('Give limits.providerLimiter.')]])
  })
})
