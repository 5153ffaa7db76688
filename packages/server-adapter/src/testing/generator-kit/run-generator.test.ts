import { defineTask, FatalTaskError, RetryableTaskError, TaskError } from '@brandkit/core'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { aroundSteps } from '../../runtime/running/around-steps.js'
import type { Generator } from '../../runtime/running/generator.js'
import { createManualClock, type ManualClock } from '../fake-server/fake-clock.js'
import { runGenerator } from './run-generator.js'

const MINUTE_MS = 60_000

const report = defineTask({
  title: ({ payload }) => `Report: ${payload.name}`,
  payload: z.object({ name: z.string().min(1), pages: z.int().default(3) }),
  steps: {
    gather: { title: 'Gathering', output: z.array(z.string()) },
    draft: { title: 'Writing', weight: 2, output: z.object({ text: z.string() }) },
    print: { title: 'Printing', output: z.object({ reportId: z.string() }) },
  },
  result: z.object({ reportId: z.string(), text: z.string() }),
  timeoutMs: 10 * MINUTE_MS,
})

const generate: Generator<typeof report> = async ({ payload, step, progress, partial, idempotencyKey }) => {
  const facts = await step('gather', () => Array.from({ length: payload.pages }, (_, page) => `fact ${page}`))
  await progress(30)
  const { text } = await step('draft', async () => {
    await partial({ text: facts[0] })
    return { text: facts.join(' ') }
  })
  const { reportId } = await step('print', () => ({
    reportId: `${payload.name} ${idempotencyKey('print').slice(0, 6)}`,
  }))
  return { reportId, text }
}

const follow: Generator<typeof report> = ({ previous: [first] }) => ({ reportId: 'next', text: first?.title ?? '' })

const run = (options: Partial<Parameters<typeof runGenerator<typeof report>>[1]> = {}) =>
  runGenerator(generate, { definition: report, payload: { name: 'Spring' }, ...options })

describe('runGenerator', () => {
  it('gives the result, the progress, the partial results and the outputs of the steps', async () => {
    expect(await run()).toMatchObject({
      status: 'completed',
      result: { reportId: expect.stringMatching(/^Spring [0-9a-f]{6}$/) as string, text: 'fact 0 fact 1 fact 2' },
      progress: [30],
      partials: [{ text: 'fact 0' }],
      ran: ['gather', 'draft', 'print'],
      checkpoints: { gather: ['fact 0', 'fact 1', 'fact 2'], draft: { text: 'fact 0 fact 1 fact 2' } },
      attempts: [{ attempt: 1, startedAtMs: 0, endedAtMs: 0 }],
      durationMs: 0,
      task: { progress: 100, title: 'Report: Spring', retryCount: 0 },
    })
  })

  it('hands over the results of the tasks that this one follows', async () => {
    const previous = [{ taskId: 'kit', type: 'KIT', title: 'Kit', result: {} }]
    const { result } = await runGenerator(follow, { definition: report, payload: { name: 'Spring' }, previous })
    expect(result).toEqual({ reportId: 'next', text: 'Kit' })
  })

  it('shows the text, the usage and the items that the runtime keeps', async () => {
    const posts = defineTask({
      title: () => 'Posts',
      payload: z.object({}),
      steps: { posts: { title: 'Posts', output: z.string(), items: true } },
      result: z.object({}),
    })
    const { text, task, ran } = await runGenerator<typeof posts>(
      async ({ step, partial, usage }) => {
        await step.map('posts', ['a', 'b'], { key: (post) => post }, async (post) => {
          await partial.append(`${post} is written. `)
          await usage({ model: 'small', inputTokens: 10, outputTokens: 5 })
          return post
        })
        return {}
      },
      { definition: posts, payload: {} },
    )
    expect(text).toBe('a is written. b is written. ')
    expect(task).toMatchObject({
      usage: [{ model: 'small', inputTokens: 20, outputTokens: 10 }],
      steps: [{ items: { done: 2, total: 2 } }],
    })
    expect(ran).toHaveLength(2)
  })

  it('is the same every time', async () => {
    const told = { failAt: 'print', abortAt: { step: 'draft', reason: 'ownership_lost' } } as const
    expect(await run(told)).toEqual(await run(told))
  })

  it('does not repeat what was finished, and waits as long as the server waits', async () => {
    const { status, ran, attempts, durationMs } = await run({ failAt: { step: 'print', times: 3 } })
    expect(status).toBe('completed')
    expect(ran).toEqual(['gather', 'draft', 'print'])
    expect(attempts.map(({ attempt, startedAtMs, ran: own }) => [attempt, startedAtMs, own])).toEqual([
      [1, 0, ['gather', 'draft']],
      [2, 1_000, []],
      [3, 3_000, []],
      [4, 7_000, ['print']],
    ])
    expect(durationMs).toBe(7_000)
  })

  it('ends as the task does when no attempt is left, with what its user sees and what was thrown', async () => {
    const error = new Error('The model is down at 10.0.0.7.')
    const { status, error: shown, result, attempts } = await run({ failAt: { step: 'draft', times: 9, error } })
    expect([status, result, attempts.length]).toEqual(['failed', undefined, 4])
    expect(shown).toBeInstanceOf(TaskError)
    expect(shown).toMatchObject({ code: 'generator_failed', cause: error })
    expect(shown?.message).not.toContain('10.0.0.7')
  })

  it('ends at once after a fatal error, and waits as long as a provider asks after another', async () => {
    const fatal = await run({ failAt: { step: 'gather', error: new FatalTaskError('No such brand.') } })
    expect([fatal.attempts.length, fatal.error?.message]).toEqual([1, 'No such brand.'])
    const busy = new RetryableTaskError('The model is busy.', { retryAfterMs: 30 * MINUTE_MS })
    const late = await run({ failAt: { step: 'gather', error: busy } })
    expect([late.status, late.attempts[1]?.startedAtMs]).toEqual(['completed', 30 * MINUTE_MS])
  })

  it('begins with the checkpoints of an earlier attempt', async () => {
    const { ran, result } = await run({ checkpoints: { gather: ['one'], draft: { text: 'Kept.' } } })
    expect(ran).toEqual(['print'])
    expect(result?.text).toBe('Kept.')
  })

  it.each([
    ['cancelled', 'cancelled', 1, 0],
    ['shutdown', 'completed', 2, undefined],
    ['task_timed_out', 'completed', 2, 10 * MINUTE_MS],
    ['ownership_lost', 'completed', 2, undefined],
  ] as const)('plays how an attempt is aborted: %s', async (reason, status, attempts, endedAtMs) => {
    const played = await run({ abortAt: { step: 'draft', reason } })
    expect(played).toMatchObject({ status, attempts: { length: attempts } })
    expect(played.attempts[0]).toMatchObject({ aborted: reason, ...(endedAtMs !== undefined && { endedAtMs }) })
    expect(played.ran.filter((step) => step === 'gather')).toEqual(['gather'])
  })

  it('notices a dead worker by its lease, which costs an attempt; a shutdown after a checkpoint costs none', async () => {
    const dead = await run({ abortAt: { step: 'draft', reason: 'ownership_lost' } })
    expect(dead.attempts.map(({ attempt }) => attempt)).toEqual([1, 2])
    expect(dead.attempts[1]?.startedAtMs).toBeGreaterThanOrEqual(30_000)
    const ended = await run({ abortAt: { step: 'draft', reason: 'shutdown' } })
    expect(ended.attempts.map(({ attempt }) => attempt)).toEqual([1, 1])
  })

  it('shows the work of a step a signal that is aborted already', async () => {
    const seen: boolean[] = []
    const { status } = await runGenerator<typeof report>(
      async (context) =>
        generate({
          ...context,
          step: aroundSteps(context.step, (work) => {
            seen.push(context.signal.aborted)
            return work()
          }),
        }),
      { definition: report, payload: { name: 'Spring' }, abortAt: 'draft' },
    )
    expect([status, seen]).toEqual(['cancelled', [false, true]])
  })

  it('leaps while a generator waits by the clock of the test', async () => {
    const clock: ManualClock = createManualClock()
    const { durationMs, status } = await runGenerator<typeof report>(
      async (context) => {
        await new Promise<void>((resolve) => clock.after(9 * MINUTE_MS, resolve))
        return generate(context)
      },
      { definition: report, payload: { name: 'Spring' }, clock },
    )
    expect([status, durationMs]).toEqual(['completed', 9 * MINUTE_MS])
  })

  it('refuses what the catalog refuses, in the words of the server', async () => {
    await expect(run({ payload: { name: '' } })).rejects.toMatchObject({ code: 'invalid_payload' })
    const { error } = await runGenerator<typeof report>(() => ({ reportId: 7 }) as never, {
      definition: report,
      payload: { name: 'Spring' },
    })
    expect(error).toMatchObject({ code: 'result_invalid' })
  })

  it('refuses a test that could not fail, or names what there is not', async () => {
    await expect(run({ failAt: 'gather', checkpoints: { gather: [] } })).rejects.toThrow(
      'Nothing was interrupted at "gather"',
    )
    await expect(run({ failAt: 'printing' as never })).rejects.toThrow('Known steps: gather, draft, print.')
    await expect(run({ abortAt: { step: 'no' as never, reason: 'shutdown' } })).rejects.toThrow('no step "no"')
    await expect(run({ failAt: { step: 'print', times: 0 } })).rejects.toThrow('at least 1')
    await expect(run({ checkpoints: { gather: [7 as never] } })).rejects.toThrow(
      'The checkpoint of "gather" does not fit',
    )
    await expect(run({ checkpoints: { no: 1 } as never })).rejects.toThrow('which the catalog lacks')
    const mistakes: [options: object, words: string][] = [
      [{ abortAt: { step: 'print', reason: 'crash' } }, 'abortAt.reason is "crash"; it must be one of cancelled'],
      [{ abortAt: { step: 'print' } }, 'abortAt.reason is undefined'],
      [{ failAt: null }, 'failAt is null'],
      [{ failAt: { step: 'print', time: 2 } }, 'Did you mean times?'],
      [{ failAt: { step: 'print', times: 1.5 } }, 'a whole number'],
      [{ failsAt: 'print' }, 'There is no option runGenerator.failsAt.'],
      [{ clock: {} }, 'A clock is'],
    ]
    for (const [options, words] of mistakes) await expect(run(options)).rejects.toThrow(words)
    await expect(runGenerator(undefined as never, undefined as never)).rejects.toThrow('must be a generator')
  })
})
