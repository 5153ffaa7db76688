import { FatalTaskError, LIMITS } from '@brandkit/core'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { machineClock } from '../../clock.js'
import { memoryStore } from '../../memory.js'
import { keepSampleServers } from '../../../proofs/fixtures/sample-servers.js'
import { createReport, endless, statusOf } from '../../../proofs/fixtures/sample-tasks.js'
import { createPartialResults } from './partial-results.js'

describe('partial results', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('are written at most four times a second, the first at once and the latest always', async () => {
    const written: { at: number; value: unknown }[] = []
    const begun = performance.now()
    const partials = createPartialResults(async (value) => {
      written.push({ at: performance.now() - begun, value })
    }, machineClock)
    for (let value = 0; value < 100; value += 1) {
      partials.report(value)
      await vi.advanceTimersByTimeAsync(10)
    }
    await vi.advanceTimersByTimeAsync(1_000)
    expect(written).toEqual([
      { at: 0, value: 0 },
      { at: 250, value: expect.any(Number) as number },
      { at: 500, value: expect.any(Number) as number },
      { at: 750, value: expect.any(Number) as number },
      { at: 1_000, value: 99 },
    ])
  })

  it('wait for the write that is under way, so that none overtakes another', async () => {
    const writes: { value: unknown; done: () => void }[] = []
    const partials = createPartialResults((value) => new Promise((done) => writes.push({ value, done })), machineClock)
    partials.report(1)
    await vi.advanceTimersByTimeAsync(1_000)
    partials.report(2)
    partials.report(3)
    const flushed = partials.flush()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(writes.map(({ value }) => value)).toEqual([1])
    writes[0]?.done()
    await vi.advanceTimersByTimeAsync(0)
    expect(writes.map(({ value }) => value)).toEqual([1, 3])
    writes[1]?.done()
    await flushed
  })

  it('are dropped once the attempt is over, and survive a write that fails', async () => {
    const written: unknown[] = []
    const partials = createPartialResults((value) => {
      written.push(value)
      return Promise.reject(new Error('down'))
    }, machineClock)
    partials.report(1)
    await vi.advanceTimersByTimeAsync(300)
    partials.report(2)
    partials.report(3)
    partials.close()
    partials.report(4)
    await vi.advanceTimersByTimeAsync(1_000)
    await partials.flush()
    expect(written).toEqual([1, 2])
  })
})

describe('ctx.partial', () => {
  const { started } = keepSampleServers()

  it('shows what there is so far in the status of the task', async () => {
    const server = await started(async (context) => {
      await context.partial(['first'])
      return endless(context)
    })
    const taskId = await createReport(server)
    await vi.waitFor(async () => expect(await statusOf(server, taskId)).toMatchObject({ partialResult: ['first'] }))
  })

  it('is written in its last state before a failed attempt ends', async () => {
    const server = await started(async ({ partial }) => {
      for (const part of ['a', 'b', 'c']) await partial({ part })
      throw new FatalTaskError('Half way.')
    })
    const taskId = await createReport(server)
    await vi.waitFor(async () => expect((await statusOf(server, taskId)).status).toBe('failed'))
    expect(await statusOf(server, taskId)).toMatchObject({ partialResult: { part: 'c' }, lastError: 'Half way.' })
  })

  it.each([
    ['too large', 'x'.repeat(LIMITS.partialResultBytes), 'The partial result has 65538 bytes as JSON; at most 65536'],
    ['no JSON', { id: 1n }, 'The partial result cannot be written as JSON'],
  ])('ends the task, and says why to its generator, when it is %s', async (_, value, reason) => {
    let refusal: unknown
    const server = await started(async ({ partial }) => {
      await partial(value).catch((error: unknown) => {
        refusal = error
        throw error
      })
      return { reportId: 'r', pages: 1 }
    })
    const taskId = await createReport(server)
    await vi.waitFor(async () => expect((await statusOf(server, taskId)).status).toBe('failed'))
    expect(await statusOf(server, taskId)).toMatchObject({ errorCode: 'result_unserializable', retryCount: 0 })
    expect(refusal).toMatchObject({ message: expect.stringContaining(reason) as string })
  })

  it('does nothing once the attempt is over', async () => {
    const store = memoryStore()
    const report = vi.spyOn(store, 'report')
    const late = Promise.withResolvers<(value: unknown) => Promise<void>>()
    const server = await started(
      async ({ partial }) => {
        late.resolve(partial)
        return { reportId: 'r', pages: 1 }
      },
      { store },
    )
    const taskId = await createReport(server)
    await vi.waitFor(async () => expect((await statusOf(server, taskId)).status).toBe('completed'))
    await (
      await late.promise
    )('late')
    expect(report).not.toHaveBeenCalled()
  })
})
