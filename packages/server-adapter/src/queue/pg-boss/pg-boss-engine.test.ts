import { silentLogger } from '@brandkit/core'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Listening } from '../../store/sql-database.js'
import { createRecordingConsumer } from '../../testing/queue/recording-consumer.js'
import type { OpenPgBoss } from './open-pg-boss.js'
import { createPgBossEngine, type PgBossEngine } from './pg-boss-engine.js'

interface Job {
  id: string
  data: { taskId: string; priority: number }
  dueAt: number
}

/** What an engine sends, answered by a table of jobs in memory. Time is that of the fake timers. */
function openFake() {
  let jobs: Job[] = []
  let listening: Listening | undefined
  const sent = { looks: 0, fetches: 0, notified: [] as string[] }

  async function executeSql(text: string, values: unknown[] = []) {
    if (text.includes('pg_notify')) sent.notified.push(String(values[1]))
    if (!text.includes('dueInMs')) return { rows: [] }
    sent.looks += 1
    const near = jobs.map(({ dueAt }) => dueAt - performance.now()).filter((ms) => ms <= Number(values[1]))
    return { rows: [{ dueInMs: near.length === 0 ? null : Math.min(...near) }] }
  }
  const boss = {
    getDb: () => ({ executeSql }),
    async insert(_queue: string, added: (Pick<Job, 'id' | 'data'> & { startAfter?: number })[]) {
      for (const { id, data, startAfter = 0 } of added)
        jobs.push({ id, data, dueAt: performance.now() + startAfter * 1_000 })
    },
    async fetch(_queue: string, { batchSize }: { batchSize: number }) {
      sent.fetches += 1
      const taken = jobs.filter(({ dueAt }) => dueAt <= performance.now()).slice(0, batchSize)
      jobs = jobs.filter((job) => !taken.includes(job))
      return taken
    },
    async deleteJob(_queue: string, ids: string[]) {
      jobs = jobs.filter(({ id }) => !ids.includes(id))
    },
  }
  const opened = {
    boss,
    listen(given: Listening) {
      listening = given
      return async () => {}
    },
    close: async () => {},
  } as unknown as OpenPgBoss
  return {
    opened,
    sent,
    waiting: () => jobs.map(({ data }) => data.taskId),
    /** Another process inserts, and dies before it notifies. */
    insertSilently: (taskId: string, dueInMs = 0) =>
      void jobs.push({ id: taskId, data: { taskId, priority: 1 }, dueAt: performance.now() + dueInMs }),
    say: (payload: string) => listening?.onMessage(payload),
    turn: (state: 'live' | 'lost') => listening?.onState(state),
  }
}

let fake: ReturnType<typeof openFake>
let engine: PgBossEngine
let consumer: ReturnType<typeof createRecordingConsumer>
beforeEach(async () => {
  vi.useFakeTimers()
  fake = openFake()
  consumer = createRecordingConsumer()
  engine = createPgBossEngine({ opened: fake.opened, schema: 'queue', logger: silentLogger })
  await engine.consume(consumer)
  fake.turn('live')
  await vi.advanceTimersByTimeAsync(10)
  Object.assign(fake.sent, { looks: 0, fetches: 0, notified: [] })
})
afterEach(async () => {
  await engine.close()
  vi.useRealTimers()
})

function deliveryOf(taskId: string, delayMs: number) {
  return { taskId, priority: 1, delayMs }
}

describe('an idle consumer of pg-boss', () => {
  it('sends twelve statements a minute while notifications arrive', async () => {
    await vi.advanceTimersByTimeAsync(60_000)
    expect(fake.sent).toEqual({ looks: 12, fetches: 0, notified: [] })
  })

  it('finds within five seconds what nobody announced', async () => {
    fake.insertSilently('silent')
    await vi.advanceTimersByTimeAsync(5_000)
    expect(consumer.delivered).toEqual(['silent'])
  })

  it('finds it within a second while no notification arrives, also when it has just gone to sleep', async () => {
    fake.turn('lost')
    await vi.advanceTimersByTimeAsync(1)
    fake.insertSilently('silent')
    await vi.advanceTimersByTimeAsync(1_000)
    expect(consumer.delivered).toEqual(['silent'])
  })

  it('looks at once when notifications arrive again', async () => {
    fake.turn('lost')
    await vi.advanceTimersByTimeAsync(1)
    fake.insertSilently('silent')
    fake.turn('live')
    await vi.advanceTimersByTimeAsync(1)
    expect(consumer.delivered).toEqual(['silent'])
  })
})

function hintOf(taskId: string) {
  return { ...deliveryOf(taskId, 0), isHint: true }
}

describe('a hint', () => {
  it('wakes other processes only, and is deleted when its task has started', async () => {
    await engine.enqueue(['a', 'b'].map(hintOf))
    await vi.advanceTimersByTimeAsync(10)
    expect(fake.sent).toEqual({ looks: 0, fetches: 0, notified: [expect.stringMatching(/^\S+ 0$/)] })
    for (const taskId of ['a', 'unknown']) engine.withdraw(taskId)
    await vi.advanceTimersByTimeAsync(0)
    expect(fake.waiting()).toEqual(['b'])
    await engine.enqueue([deliveryOf('c', 0)])
    await vi.advanceTimersByTimeAsync(10)
    expect(consumer.delivered).toEqual(['b', 'c'])
  })

  it('is never sent when its task starts while the engine is busy', async () => {
    const first = engine.enqueue([hintOf('a')])
    const second = engine.enqueue([hintOf('b'), hintOf('c')])
    engine.withdraw('b')
    await Promise.all([first, second])
    expect(fake.waiting()).toEqual(['a', 'c'])
  })
})

describe('a delayed message', () => {
  it('wakes the process that published it, when it is due', async () => {
    await engine.enqueue([deliveryOf('second', 2_600), deliveryOf('first', 1_100)])
    await vi.advanceTimersByTimeAsync(1_400)
    expect(consumer.delivered).toEqual(['first'])
    await vi.advanceTimersByTimeAsync(1_500)
    expect(consumer.delivered).toEqual(['first', 'second'])
  })

  it('wakes the other processes, when it is due', async () => {
    await engine.enqueue([deliveryOf('ours', 1_100)])
    expect(fake.sent.notified).toEqual([expect.stringMatching(/^\S+ 1100$/)])

    fake.insertSilently('theirs', 700)
    fake.say('another-process 700')
    await vi.advanceTimersByTimeAsync(1_000)
    expect(consumer.delivered).toEqual(['theirs'])
  })

  it('is found by a look before it is due, however far away it was', async () => {
    await engine.enqueue([deliveryOf('far', 61_000)])
    expect(fake.sent.notified).toEqual([])
    await vi.advanceTimersByTimeAsync(60_900)
    expect(consumer.delivered).toEqual([])
    await vi.advanceTimersByTimeAsync(400)
    expect(consumer.delivered).toEqual(['far'])
  })
})

describe('a notification', () => {
  it('of the previous release, which names no delay, wakes at once', async () => {
    fake.insertSilently('theirs')
    fake.say('another-process')
    await vi.advanceTimersByTimeAsync(1)
    expect(consumer.delivered).toEqual(['theirs'])
  })
})
