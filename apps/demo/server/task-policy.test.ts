import {
  brandTasks,
  createLogger,
  FatalTaskError,
  type GetStatsResponse,
  type LogEntry,
  silentLogger,
  type TaskJson,
} from '@brandkit/core'
import { createTaskServer, type Generator, type TaskServer } from '@brandkit/server-adapter'
import { memoryQueue, memoryStore } from '@brandkit/server-adapter/memory'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { findPerson, toPrincipal } from './session.ts'
import { TASK_LIMITS, TASK_TIERS } from './task-policy.ts'
import { reportHealth } from './start-worker.ts'

const servers: TaskServer[] = []
afterEach(() => Promise.all(servers.splice(0).map((server) => server.stop())))

/** A server with the demo's policy. Tests can read the order in which its tasks begin, and end each task. */
async function startServer({ concurrency }: { concurrency: number }) {
  const begun: string[] = []
  const ends = new Map<string, () => void>()
  const generate: Generator<typeof brandTasks.GENERATE_VIRAL_IDEAS> = async ({ payload, signal }) => {
    begun.push(payload.topic)
    await new Promise<void>((resolve) => {
      ends.set(payload.topic, resolve)
      signal.addEventListener('abort', () => resolve())
    })
    throw new FatalTaskError('It was told to end.')
  }
  const server = createTaskServer({
    catalog: brandTasks,
    store: memoryStore(),
    queue: memoryQueue(),
    authenticate: () => null,
    authorize: () => 'own',
    generators: { GENERATE_VIRAL_IDEAS: generate },
    limits: TASK_LIMITS,
    tiers: TASK_TIERS,
    concurrency,
    timings: { drainMs: 0 },
    logger: silentLogger,
  })
  servers.push(server)
  await server.start()
  return {
    begun,
    create(user: 'ada' | 'grace' | 'linus', topic: string): Promise<TaskJson> {
      const person = findPerson(user)
      if (!person) throw new Error(`${user} has left.`)
      const { brandId } = person
      return server.tasks.create(toPrincipal(person, 'own'), {
        type: 'GENERATE_VIRAL_IDEAS',
        brandId,
        payload: { topic, audience: 'Parents', channels: ['tiktok'] },
      })
    },
    hasBegun: (topics: string[]) => vi.waitFor(() => expect(begun).toEqual(topics)),
    end: (topic: string) => ends.get(topic)?.(),
  }
}

describe('who goes first', () => {
  it('is Grace, who is premium, before Ada, who came earlier, when one place is free', async () => {
    const { create, hasBegun, end } = await startServer({ concurrency: 1 })
    await create('ada', 'first')
    await hasBegun(['first'])
    expect(await create('ada', 'second')).toMatchObject({ priority: 'normal' })
    expect(await create('grace', 'premium')).toMatchObject({ priority: 'high' })
    end('first')
    await hasBegun(['first', 'premium'])
    end('premium')
    await hasBegun(['first', 'premium', 'second'])
  })

  it('is Linus, although Ada has more than her share waiting', async () => {
    const { create, begun, hasBegun, end } = await startServer({ concurrency: 10 })
    const topics = Array.from({ length: 6 }, (_, index) => `ada ${index}`)
    for (const topic of topics) await create('ada', topic)
    await vi.waitFor(() => expect(begun).toHaveLength(TASK_LIMITS.runningPerUser))
    const share = [...begun]
    await create('linus', 'linus')
    await hasBegun([...share, 'linus'])

    end(share[0] ?? '')
    await vi.waitFor(() => expect(begun).toHaveLength(share.length + 2))
    expect(topics).toContain(begun.at(-1))
  })
})

const STATS: GetStatsResponse = {
  queued: 3,
  due: 2,
  processing: 1,
  completed: 9,
  failed: 0,
  cancelled: 0,
  endedPerMinute: 4,
  durations: {},
}

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('the health of a process without a port', () => {
  it('is a line a minute, also about a database that does not answer, until it stops', async () => {
    const entries: LogEntry[] = []
    const logger = createLogger({ sink: (entry) => void entries.push(entry) })
    const stats = vi.fn(async () => STATS)
    const health = reportHealth({ tasks: { stats }, logger })

    await vi.advanceTimersByTimeAsync(60_000)
    stats.mockRejectedValueOnce(new Error('connection lost'))
    await vi.advanceTimersByTimeAsync(60_000)
    expect(entries).toMatchObject([
      {
        level: 'info',
        message: 'The worker is well',
        fields: { queued: 3, processing: 1, endedPerMinute: 4 },
      },
      { level: 'warn', message: 'The worker cannot reach the tasks', fields: { reason: 'Error: connection lost' } },
    ])

    health.stop()
    await vi.advanceTimersByTimeAsync(600_000)
    expect(entries).toHaveLength(2)
  })
})
