import { defineTask, RetryableTaskError } from '@brandkit/core'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { createManualClock } from '../../testing/fake-server/fake-clock.js'
import { runGenerator, type RunGeneratorOptions } from '../../testing/generator-kit/run-generator.js'
import type { Generator, GeneratorContext } from '../running/generator.js'

const report = defineTask({
  title: () => 'Report',
  payload: z.object({}),
  steps: {
    first: { title: 'First', output: z.int() },
    second: { title: 'Second', output: z.int() },
    third: { title: 'Third', output: z.int() },
  },
  result: z.object({}),
  timeoutMs: 3_600_000,
  maxRetries: 0,
})
type Context = GeneratorContext<typeof report>
type Key = 'first' | 'second' | 'third'

/** The model calls that were paid for, by step. */
function createModel() {
  const paid: Key[] = []
  const ask = ({ step, provider }: Context, key: Key, tokens = 0) =>
    step(key, async () => {
      await provider('openai', { tokens })
      paid.push(key)
      return paid.length
    })
  return { paid, ask }
}

const play = (generate: Generator<typeof report>, options: Partial<RunGeneratorOptions<typeof report>> = {}) =>
  runGenerator<typeof report>(generate, { definition: report, payload: {}, ...options })

const START = Date.UTC(2027, 2, 1)

describe('provider', () => {
  it('resolves at once within the budget', async () => {
    const { ask, paid } = createModel()
    const run = await play(
      async (context) => {
        for (const key of ['first', 'second', 'third'] as const) await ask(context, key)
        return {}
      },
      { providers: { openai: { requestsPerMinute: 3 } } },
    )
    expect([run.status, run.attempts.length, run.durationMs, paid.length]).toEqual(['completed', 1, 0, 3])
  })

  it('releases the slot until the turn of the task, for no attempt, and pays for nothing twice', async () => {
    const { ask, paid } = createModel()
    const run = await play(
      async (context) => {
        for (const key of ['first', 'second', 'third'] as const) await ask(context, key)
        return {}
      },
      { providers: { openai: { requestsPerMinute: 1 } } },
    )
    // The task has no retry: a wait that cost an attempt would have failed it.
    expect(run).toMatchObject({ status: 'completed', task: { retryCount: 0 } })
    expect(paid).toEqual(['first', 'second', 'third'])
    expect(run.attempts.map(({ attempt, startedAtMs, aborted }) => [attempt, startedAtMs, aborted])).toEqual([
      [1, 0, 'waiting_for_provider'],
      [1, 60_000, 'waiting_for_provider'],
      [1, 120_000, undefined],
    ])
  })

  it('waits on its slot when the turn is near', async () => {
    const { ask } = createModel()
    const run = await play(
      async (context) => {
        await ask(context, 'first', 60)
        await ask(context, 'second', 60)
        return {}
      },
      { providers: { openai: { tokensPerMinute: 100 } }, clock: createManualClock(START + 55_000) },
    )
    expect([run.status, run.attempts.length, run.durationMs]).toEqual(['completed', 1, 5_000])
  })

  it('keeps the slot while another step of the task works, and while a request would have to be paid for again', async () => {
    const { ask, paid } = createModel()
    const asked = Promise.withResolvers<void>()
    const run = await play(
      async (context) => {
        const { step, provider } = context
        const slow = step('first', async () => {
          await provider('openai')
          asked.resolve()
          await step('third', async () => {
            // The other step begins to wait meanwhile.
            await new Promise((resolve) => setImmediate(resolve))
            return 3
          })
          return 1
        })
        await asked.promise
        await Promise.all([slow, ask(context, 'second')])
        return {}
      },
      { providers: { openai: { requestsPerMinute: 1 } } },
    )
    expect([run.status, paid]).toEqual(['completed', ['second']])
    expect(run.attempts.map(({ ran }) => ran.toSorted())).toEqual([['first', 'second', 'third'], ['second']])
  })

  it('is taken by the items of a step, each of which is paid for once, however often their task is released', async () => {
    const paid: string[] = []
    const posts = ['a', 'b', 'c', 'd', 'e']
    const definition = defineTask({
      title: () => 'Posts',
      payload: z.object({}),
      steps: { posts: { title: 'Posts', output: z.string(), items: true } },
      result: z.object({}),
      maxRetries: 0,
    })
    const run = await runGenerator<typeof definition>(
      async ({ step, provider }) => {
        await step.map('posts', posts, { key: (post) => post, concurrency: 3 }, async (post) => {
          await provider('openai', { tokens: 50 })
          // The answer takes a while, during which the other items begin to wait.
          await new Promise((resolve) => setImmediate(resolve))
          paid.push(post)
          return post
        })
        return {}
      },
      { definition, payload: {}, providers: { openai: { tokensPerMinute: 100 } } },
    )
    expect(run).toMatchObject({ status: 'completed', task: { retryCount: 0 } })
    expect(paid).toEqual(posts)
    expect(run.attempts.length).toBeGreaterThan(1)
    expect(run.durationMs).toBe(120_000)
  })

  it('never releases what was asked for outside of a step, because it would be asked for again', async () => {
    const run = await play(
      async ({ provider }) => {
        await provider('openai')
        await provider('openai')
        return {}
      },
      { providers: { openai: { requestsPerMinute: 1 } } },
    )
    expect([run.status, run.attempts.length, run.durationMs]).toEqual(['completed', 1, 60_000])
  })

  it('rests after a failure that says when to try again', async () => {
    const { ask, paid } = createModel()
    const run = await play(
      async (context) => {
        await ask(context, 'first')
        if (paid.length === 1) {
          paid.push('first')
          throw new RetryableTaskError('Too many requests.', { retryAfterMs: 5_000 })
        }
        await ask(context, 'second')
        return {}
      },
      {
        definition: { ...report, maxRetries: 1 },
        providers: { openai: { requestsPerMinute: 100 } },
        clock: createManualClock(START + 10_000),
      },
    )
    expect(run.attempts.map(({ startedAtMs }) => startedAtMs)).toEqual([0, 5_000])
  })

  it('has a name that every limiter can keep', async () => {
    for (const name of ['', 'x'.repeat(101)]) {
      const played = play(async () => ({}), { providers: { [name]: { requestsPerMinute: 1 } } })
      await expect(played).rejects.toThrow(`a name of ${name.length} characters; it must have 1 to 100`)
    }
  })

  it.each<[string, (context: Context) => Promise<void>]>([
    [
      'There is no provider "mistral" in limits.providers. Known providers: openai.',
      ({ provider }) => provider('mistral'),
    ],
    ['a minute allows 100, so that it would wait for ever', ({ provider }) => provider('openai', { tokens: 101 })],
    ['give a whole number from 0', ({ provider }) => provider('openai', { tokens: 1.5 })],
  ])('tells the team of a mistake: %s', async (sentence, call) => {
    const run = await play(
      async (context) => {
        await call(context)
        return {}
      },
      { providers: { openai: { tokensPerMinute: 100 } } },
    )
    expect(run.error).toMatchObject({ code: 'internal_error' })
    expect(run.attempts.map(({ error }) => String(error))).toEqual([expect.stringContaining(sentence)])
  })

  it('says what to do on a server without budgets', async () => {
    const run = await play(async ({ provider }) => {
      await provider('openai')
      return {}
    })
    expect(String(run.attempts[0]?.error)).toContain('limits: { providers: { openai: { requestsPerMinute: 60 } } }')
  })
})
