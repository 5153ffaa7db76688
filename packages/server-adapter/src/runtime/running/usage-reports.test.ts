import { defineTask, FatalTaskError, TaskError } from '@brandkit/core'
import { describe, expect, it, vi } from 'vitest'
import * as z from 'zod'
import { createReport, endless, statusOf } from '../../../proofs/fixtures/sample-tasks.js'
import { keepSampleServers } from '../../../proofs/fixtures/sample-servers.js'
import { memoryStore } from '../../memory.js'
import type { TaskReport } from '../../store/attempt-writes.js'
import { runGenerator } from '../../testing/generator-kit/run-generator.js'
import type { Generator } from './generator.js'
import { readReportedUsage, type ReportedUsage } from './reported-usage.js'

const { started } = keepSampleServers()

describe('usage as a generator reports it', () => {
  it.each<[string, ReportedUsage & Record<string, unknown>, object]>([
    ['tokens alone', { inputTokens: 12, outputTokens: 3 }, { inputTokens: 12, outputTokens: 3, currency: '' }],
    ['a cost alone', { cost: 0.0125 }, { costMicros: 12_500, currency: 'USD', inputTokens: 0 }],
    ['a free call', { cost: 0, currency: 'EUR' }, { costMicros: 0, currency: 'EUR' }],
    ['a cost that no binary fraction holds', { cost: 1.005, currency: 'EUR' }, { costMicros: 1_005_000 }],
    [
      'what the AI SDK 5 gives',
      { model: 'small', inputTokens: 12, outputTokens: 3, totalTokens: 15, reasoningTokens: 2, cachedInputTokens: 8 },
      { model: 'small', inputTokens: 12, outputTokens: 3, currency: '', costMicros: 0 },
    ],
    [
      'what the AI SDK 6 gives',
      {
        model: 'small',
        inputTokens: 12,
        inputTokenDetails: { noCacheTokens: 4, cacheReadTokens: 8, cacheWriteTokens: undefined },
        outputTokens: 3,
        outputTokenDetails: { textTokens: 1, reasoningTokens: 2 },
        totalTokens: 15,
        raw: { prompt_tokens: 12 },
        reasoningTokens: 2,
        cachedInputTokens: 8,
      },
      { model: 'small', inputTokens: 12, outputTokens: 3, currency: '', costMicros: 0 },
    ],
    [
      'what the AI SDK 7 gives',
      {
        model: 'small',
        inputTokens: 12,
        inputTokenDetails: { noCacheTokens: 12, cacheReadTokens: undefined, cacheWriteTokens: undefined },
        outputTokens: 3,
        outputTokenDetails: { textTokens: 3, reasoningTokens: undefined },
        totalTokens: 15,
        raw: { prompt_tokens: 12 },
      },
      { model: 'small', inputTokens: 12, outputTokens: 3, currency: '', costMicros: 0 },
    ],
    [
      'what the AI SDK gives of a provider that tells only the total',
      { inputTokens: undefined, outputTokens: undefined, totalTokens: 15 },
      { model: '', inputTokens: 15, outputTokens: 0 },
    ],
    [
      'what the AI SDK gives of a provider that tells nothing',
      {
        model: 'small',
        inputTokens: undefined,
        inputTokenDetails: { noCacheTokens: undefined, cacheReadTokens: undefined, cacheWriteTokens: undefined },
        outputTokens: undefined,
        outputTokenDetails: { textTokens: undefined, reasoningTokens: undefined },
        totalTokens: undefined,
        raw: undefined,
      },
      { model: 'small', inputTokens: 0, outputTokens: 0, currency: '', costMicros: 0 },
    ],
    ['an embedding of the AI SDK', { tokens: 7 }, { inputTokens: 7, outputTokens: 0 }],
    ['an embedding of unknown size', { tokens: Number.NaN, cost: 0.5 }, { inputTokens: 0, costMicros: 500_000 }],
  ])('is read: %s', (_, given, expected) => {
    expect(readReportedUsage(given)).toMatchObject(expected)
  })

  it.each<[unknown, RegExp]>([
    [undefined, /usage is undefined; it must be an object/],
    [{}, /neither tokens nor a cost/],
    [{ cost: undefined }, /neither tokens nor a cost/],
    [{ model: 'small', cached: 8 }, /neither tokens nor a cost/],
    [{ tokens: -1 }, /usage\.tokens is -1; it must be a whole number from 0/],
    [{ tokens: 1.5 }, /usage\.tokens is 1\.5/],
    [{ totalTokens: -2 }, /usage\.totalTokens is -2/],
    [{ cost: -0.01 }, /usage\.cost is -0\.01/],
    [{ promptTokens: 12, completionTokens: 3 }, /neither tokens nor a cost/],
    [{ input_tokens: 12 }, /Did you mean inputTokens\?/],
    [{ inputTokens: -1 }, /usage\.inputTokens is -1; it must be a whole number from 0/],
    [{ inputTokens: 1.5 }, /whole number/],
    [{ outputTokens: Number.NaN }, /usage\.outputTokens is NaN/],
    [{ cost: Infinity }, /usage\.cost is Infinity/],
    [{ cost: '0.01' }, /usage\.cost is a string/],
    [{ cost: 1, currency: 'dollars' }, /usage\.currency is "dollars"; it must be a currency of ISO 4217, such as USD/],
    [{ cost: 1, model: 7 }, /usage\.model is a number/],
  ])('is refused with what is wrong: %j', (given, message) => {
    expect(() => readReportedUsage(given as ReportedUsage)).toThrow(message)
  })
})

const writing = defineTask({
  title: () => 'Report',
  payload: z.object({}),
  steps: { draft: { title: 'Writing', output: z.string() }, print: { title: 'Printing', output: z.string() } },
  result: z.object({}),
  maxRetries: 1,
})

const call = { model: 'small', inputTokens: 100, outputTokens: 10, cost: 0.1, currency: 'EUR' }

const write: Generator<typeof writing> = async ({ step, usage }) => {
  for (const key of ['draft', 'print'] as const) {
    await step(key, () => {
      void usage(call)
      return key
    })
  }
  return {}
}

const callThirtyModels: Generator<typeof writing> = async ({ usage }) => {
  for (let model = 0; model < 30; model += 1) void usage({ ...call, model: `model ${model}`, inputTokens: 1 })
  return {}
}

describe('the usage of a task', () => {
  it('is stored before the end shows', async () => {
    const { task } = await runGenerator(write, { definition: writing, payload: {} })
    expect(task).toMatchObject({
      status: 'completed',
      usage: [{ ...call, inputTokens: 200, outputTokens: 20, cost: 0.2 }],
    })
  })

  it.each(['shutdown', 'task_timed_out', 'ownership_lost', 'cancelled'] as const)(
    'counts what was spent although the attempt ended in another way: %s',
    async (reason) => {
      const generate: Generator<typeof writing> = async ({ step, usage, signal }) => {
        await step('draft', () => 'text')
        signal.addEventListener('abort', () => void usage(call))
        await step('print', () => 'text')
        return {}
      }
      const { task } = await runGenerator(generate, {
        definition: writing,
        payload: {},
        abortAt: { step: 'print', reason },
      })
      expect(task.usage).toEqual([call])
    },
  )

  it('counts failed attempts', async () => {
    let calls = 0
    const generate: Generator<typeof writing> = async ({ usage }) => {
      calls += 1
      void usage(call)
      throw calls === 1 ? new TypeError('No.') : new FatalTaskError('No.')
    }
    const { task } = await runGenerator(generate, { definition: writing, payload: {} })
    expect(task).toMatchObject({
      status: 'failed',
      usage: [{ ...call, inputTokens: 200, outputTokens: 20, cost: 0.2 }],
    })
  })

  it('ends the task at once if it makes no sense, because a retry would pay for the call again', async () => {
    let paid = 0
    const generate: Generator<typeof writing> = async ({ step, usage }) => {
      await step('draft', async () => {
        paid += 1
        await usage({ inputTokens: null as never, outputTokens: 5 })
        return 'a page'
      })
      return {}
    }
    const { task } = await runGenerator(generate, { definition: writing, payload: {} })
    expect(task).toMatchObject({ status: 'failed', errorCode: 'internal_error', retryCount: 0 })
    expect(paid).toBe(1)
  })

  it('names at most twenty models of an attempt, and loses none of their calls', async () => {
    const { task } = await runGenerator(callThirtyModels, { definition: writing, payload: {} })
    expect(task.usage).toHaveLength(21)
    expect(task.usage?.find(({ model }) => model === 'other')).toMatchObject({ inputTokens: 10, cost: 1 })
  })
})

describe('reports of usage', () => {
  it('that come during a write are one write, and a write that the store could not take is sent again as it was', async () => {
    const inner = memoryStore()
    const sent: TaskReport['usage'][] = []
    const store = {
      ...inner,
      async report(...[lease, told]: Parameters<typeof inner.report>) {
        if (told.usage) sent.push(told.usage)
        await inner.report(lease, told)
        // The reply is lost.
        if (sent.length === 1) throw new TaskError('store_unavailable', 'The connection was cut.')
      },
    }
    const server = await started(
      async ({ usage }) => {
        for (let count = 0; count < 5; count += 1) void usage({ ...call, inputTokens: 1 })
        return { reportId: 'r', pages: 1 }
      },
      { store },
    )
    const taskId = await createReport(server)
    await vi.waitFor(async () => expect(await statusOf(server, taskId)).toMatchObject({ status: 'completed' }))

    expect(sent.map((usage) => [usage?.sequence, usage?.used[0]?.inputTokens])).toEqual([
      [1, 1],
      [1, 1],
      [2, 4],
    ])
    expect((await statusOf(server, taskId)).usage).toMatchObject([{ inputTokens: 5, cost: 0.5 }])
  })

  it('that are no usage reject, and leave the task alone', async () => {
    const refused: unknown[] = []
    const server = await started(async (context) => {
      await context.usage({ inputTokens: -5 }).catch((error: unknown) => refused.push(error))
      return { reportId: 'r', pages: 1 }
    })
    const taskId = await createReport(server)
    await vi.waitFor(async () => expect((await statusOf(server, taskId)).status).toBe('completed'))
    const message = expect.stringContaining('usage.inputTokens is -5; it must be a whole number from 0') as string
    expect(refused).toMatchObject([{ code: 'internal_error', retryable: false, message }])
    expect(await statusOf(server, taskId)).not.toHaveProperty('usage')
  })

  it('of a task that uses none make no write', async () => {
    const inner = memoryStore()
    const report = vi.fn(inner.report)
    const server = await started(endless, { store: { ...inner, report } })
    await createReport(server)
    await server.stop()
    expect(report).not.toHaveBeenCalled()
  })
})
