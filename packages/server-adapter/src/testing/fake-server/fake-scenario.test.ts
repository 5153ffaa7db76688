import { brandTasks, isTerminal, silentLogger, type TaskCatalog } from '@brandkit/core'
import { taskJsonSchema } from '@brandkit/core/schemas'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { input, setUpFakeServer as setUp } from './fake-server.fixture.js'

describe('a task of a fake server', () => {
  it('takes a task through its steps to its end, as the scenario says', async () => {
    const { clock, server, create } = setUp({ scenario: { startAfterMs: 1_000, durationMs: 10_000 } })
    const { taskId, version } = await create()
    expect(version).toBe(1)
    await clock.advance(999)
    expect(server.find(taskId)).toMatchObject({ status: 'queued' })
    await clock.advance(1)
    expect(server.find(taskId)).toMatchObject({ status: 'processing', progress: 0 })
    const seen = [server.find(taskId)]
    for (let second = 0; second < 10; second += 1) {
      await clock.advance(1_000)
      seen.push(server.find(taskId))
    }
    for (const [index, task] of seen.entries()) {
      expect(taskJsonSchema.safeParse(task).error).toBeUndefined()
      expect(task.version).toBeGreaterThan(seen[index - 1]?.version ?? 0)
      expect(task.progress).toBeGreaterThanOrEqual(seen[index - 1]?.progress ?? 0)
    }
    expect(seen.slice(0, -1).every(({ progress }) => progress < 100)).toBe(true)
    expect(seen.at(-1)).toMatchObject({ status: 'completed', progress: 100, actualDuration: 10_000 })
    expect(seen.at(-1)?.steps?.every(({ status }) => status === 'completed')).toBe(true)
  })

  it('fails attempts and tries again, until one succeeds or none is left', async () => {
    const failing = setUp({ scenario: { failure: { code: 'generator_refused', message: 'No.', retryable: false } } })
    const first = await failing.create()
    await failing.clock.advance(60_000)
    expect(failing.server.find(first.taskId)).toMatchObject({ status: 'failed', lastError: 'No.', retryCount: 0 })

    const recovering = setUp({ scenario: { failure: { attempts: 2 } } })
    const second = await recovering.create()
    await recovering.clock.advance(5_000)
    expect(recovering.server.find(second.taskId)).toMatchObject({ status: 'queued', errorCode: 'generator_failed' })
    await recovering.clock.advance(60_000)
    expect(recovering.server.find(second.taskId)).toMatchObject({ status: 'completed', retryCount: 2 })

    const exhausted = setUp({ scenario: { failure: {} } })
    const third = await exhausted.create()
    await exhausted.clock.advance(600_000)
    expect(exhausted.server.find(third.taskId)).toMatchObject({ status: 'failed', retryCount: 3 })
  })

  it('comes as far as it is told to, and waits there until it is cancelled', async () => {
    const { clock, server, post, create } = setUp({ scenario: { stopsAt: 40 } })
    const { taskId } = await create()
    await clock.advance(3_600_000)
    expect(server.find(taskId)).toMatchObject({ status: 'processing', progress: 40 })
    await post('cancel', { taskId })
    expect(server.find(taskId)).toMatchObject({ status: 'cancelled', progress: 40 })
  })

  it('waits for the time that a task is not to be started before', async () => {
    const { clock, server, post } = setUp()
    const runAt = new Date(clock.now() + 60_000).toISOString()
    const { taskId } = (await post('create', { ...input, runAt })).body.task
    await clock.advance(60_000)
    expect(server.find(taskId).status).toBe('queued')
    await clock.advance(10_000)
    expect(server.find(taskId).status).toBe('completed')
  })

  it('shows partial results one after another, and what came of it in the end', async () => {
    const { clock, server, create } = setUp({ scenario: { durationMs: 4_000, partialResults: [['a'], ['a', 'b']] } })
    const { taskId } = await create()
    const seen: unknown[] = []
    for (let second = 0; second < 5; second += 1) {
      await clock.advance(1_000)
      seen.push(server.find(taskId).partialResult)
    }
    expect(seen).toEqual([undefined, undefined, ['a'], ['a', 'b'], undefined])
    expect(server.find(taskId)).toMatchObject({ status: 'completed' })
  })

  it('does not repeat the steps that an earlier attempt has done', async () => {
    const { clock, server, create } = setUp({ scenario: { failure: { attempts: 1, atProgress: 90 } } })
    const { taskId } = await create()
    await clock.advance(6_500)
    const { steps: before = [] } = server.find(taskId)
    await clock.advance(60_000)
    const { steps: after = [], status } = server.find(taskId)
    expect(status).toBe('completed')
    expect(after[0]).toEqual(before[0])
    expect(after[0]).toMatchObject({ status: 'completed' })
  })

  it('fails where the catalog does not take its result', async () => {
    const { clock, server, create } = setUp({ scenario: { result: { nothing: 'fits' } } })
    const { taskId } = await create()
    await clock.advance(60_000)
    expect(server.find(taskId)).toMatchObject({ status: 'failed', errorCode: 'result_invalid' })
  })

  it.each(Object.keys(brandTasks))('completes with an example as %s, too', async (type) => {
    const catalog = { [type]: { ...brandTasks[type as keyof typeof brandTasks], payload: z.unknown() } } as TaskCatalog
    const titled = { [type]: { ...catalog[type]!, title: () => 'It' } }
    const { clock, server, post } = setUp({ catalog: titled })
    const { taskId } = (await post('create', { ...input, type, payload: {} })).body.task
    await clock.advance(60_000)
    expect(server.find(taskId)).toMatchObject({ status: 'completed', progress: 100 })
  })

  it('makes an example result of the shape that the type promises', async () => {
    const { clock, server, post } = setUp()
    const { taskId } = (await post('create', input)).body.task
    await clock.advance(60_000)
    const task = server.find(taskId)
    expect(isTerminal(task.status)).toBe(true)
    expect(task.result).toMatchObject({ mediaPlanGroupId: expect.any(String) })
  })

  it('makes the example, too, when its result is undefined', async () => {
    const { clock, server, create } = setUp({ scenario: { result: undefined } })
    const { taskId } = await create()
    await clock.advance(60_000)
    expect(server.find(taskId)).toMatchObject({ status: 'completed' })
  })
})

describe('a wrong scenario', () => {
  const wrong: [scenario: unknown, complaint: RegExp][] = [
    [5, /expected object, received number/],
    [{ duration: 5 }, /Unrecognized key: "duration"/],
    [{ durationMs: Number.NaN }, /durationMs is NaN\. Expected milliseconds from 0/],
    [{ durationMs: '5' }, /durationMs is "5"\. Expected milliseconds from 0/],
    [{ startAfterMs: -1 }, /startAfterMs is -1\. Expected milliseconds from 0/],
    [{ partialResults: 5 }, /partialResults is 5\. .*expected array/],
    [{ stopsAt: 500 }, /stopsAt is 500\. .*<=100/],
    [{ failure: true }, /failure is true\. .*expected object/],
    [{ failure: { code: 'xx' } }, /failure\.code is "xx"\. .*"generator_failed"/],
    [{ failure: { retryAfterMs: Infinity } }, /failure\.retryAfterMs is Infinity\. /],
  ]

  it.each(wrong)('for all tasks is refused at once: %o', (scenario, complaint) => {
    expect(() => setUp({ scenario: scenario as never })).toThrow(complaint)
  })

  it('of a function fails its task at once, and the error says why', async () => {
    const { clock, server, create } = setUp({ scenario: () => ({ durationMs: Number.NaN }), logger: silentLogger })
    const { taskId } = await create()
    await clock.advance(0)
    expect(server.find(taskId)).toMatchObject({
      status: 'failed',
      lastError: expect.stringContaining('durationMs is NaN. Expected milliseconds from 0'),
    })
  })

  it('is none when a task never begins, or never ends', async () => {
    for (const scenario of [{ startAfterMs: Infinity }, { durationMs: Infinity }, { failure: { attempts: Infinity } }])
      expect(() => setUp({ scenario })).not.toThrow()
  })
})
