import { defineTask, FatalTaskError, TaskError } from '@brandkit/core'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { runGenerator } from '../../testing/generator-kit/run-generator.js'
import type { Generator } from './generator.js'

const content = defineTask({
  title: () => 'Content',
  payload: z.object({ posts: z.int().default(12) }),
  steps: {
    angles: { title: 'Angles', output: z.array(z.string()) },
    posts: { title: 'Posts', weight: 3, items: true, output: z.object({ text: z.string() }) },
  },
  result: z.array(z.string()),
  maxRetries: 1,
})

const ids = (count: number) => Array.from({ length: count }, (_, index) => `p${index + 1}`)
const key = (id: string) => id

/** Writes all posts, one after the other unless told otherwise. */
const writePosts =
  (concurrency = 1): Generator<typeof content> =>
  async ({ payload, step }) => {
    await step('angles', () => ['calm'])
    const posts = await step.map('posts', ids(payload.posts), { key, concurrency }, (id) => ({ text: `post ${id}` }))
    return posts.map(({ text }) => text)
  }

const play = (
  generator: Generator<typeof content>,
  options: Partial<Parameters<typeof runGenerator<typeof content>>[1]> = {},
) => runGenerator(generator, { definition: content, payload: {}, ...options })

describe('step.map', () => {
  it('does not pay again for ten posts when the eleventh fails', async () => {
    const { status, ran, attempts, result } = await play(writePosts(), { failAt: { step: 'posts', item: 'p11' } })
    expect(status).toBe('completed')
    expect(attempts.map((attempt) => attempt.ran.length)).toEqual([11, 2])
    expect(new Set(ran).size).toBe(ran.length)
    expect(result).toEqual(ids(12).map((id) => `post ${id}`))
  })

  it('shows how many items are done, and the progress that they are worth', async () => {
    const { task } = await play(writePosts(), {
      failAt: { step: 'posts', item: 'p11', error: new FatalTaskError('No.') },
    })
    expect(task.steps).toMatchObject([
      { key: 'angles', status: 'completed' },
      { key: 'posts', status: 'failed', items: { done: 10, total: 12 } },
    ])
    // A quarter for the angles, and ten twelfths of the rest.
    expect(task.progress).toBe(88)
  })

  it('stores what runs beside a failure, starts nothing more, and fails with the first error', async () => {
    const events: string[] = []
    const { error, checkpoints } = await play(async ({ step }) => {
      const release = Promise.withResolvers<void>()
      await step.map('posts', ids(12), { key, concurrency: 3 }, async (id) => {
        events.push(id)
        if (id === 'p1') throw new FatalTaskError('The first error.')
        if (id === 'p2') throw new FatalTaskError('The second error.')
        setImmediate(release.resolve)
        await release.promise
        return { text: id }
      })
      return []
    })
    expect(events).toEqual(['p1', 'p2', 'p3'])
    expect(error?.message).toBe('The first error.')
    expect(checkpoints.posts).toEqual({ p3: { text: 'p3' } })
  })

  it('runs as many at a time as it may, and returns the outputs in the order of the items', async () => {
    let running = 0
    let most = 0
    const { result } = await play(async ({ step }) => {
      const posts = await step.map('posts', ids(12), { key, concurrency: 4 }, async (id) => {
        most = Math.max(most, (running += 1))
        // Early items take longer than late ones.
        for (let turns = 13 - Number(id.slice(1)); turns > 0; turns -= 1) await Promise.resolve()
        running -= 1
        return { text: id }
      })
      return posts.map(({ text }) => text)
    })
    expect([most, result]).toEqual([4, ids(12)])
  })

  it('starts no item after an abort', async () => {
    const { status, ran } = await play(writePosts(), { abortAt: { step: 'posts', item: 'p3', reason: 'cancelled' } })
    expect(status).toBe('cancelled')
    expect(ran).toEqual(['angles', 'posts: p1', 'posts: p2', 'posts: p3'])
  })

  it('begins with the items of an earlier attempt, and ends with a list that has become shorter', async () => {
    const { ran, task } = await play(writePosts(), {
      payload: { posts: 2 },
      checkpoints: { posts: { p1: { text: 'kept' }, p2: { text: 'kept' }, p3: { text: 'kept' } } },
    })
    expect(ran).toEqual(['angles'])
    expect(task.result).toEqual(['kept', 'kept'])
    expect(task.steps?.[1]).toMatchObject({ status: 'completed', items: { done: 2, total: 2 } })
  })

  it('is done at once when there is nothing to do', async () => {
    const { task } = await play(writePosts(), { payload: { posts: 0 } })
    expect(task.steps?.[1]).toMatchObject({ status: 'completed', items: { done: 0, total: 0 } })
  })

  it('gives each item an idempotency key of its own, the same on every attempt', async () => {
    const keys: string[] = []
    await play(async ({ step, idempotencyKey }) => {
      await step.map('posts', ids(2), { key, concurrency: 1 }, (id) => {
        keys.push(idempotencyKey('posts', id))
        if (keys.length === 2) throw new Error('Busy.')
        return { text: id }
      })
      keys.push(idempotencyKey('posts'))
      return []
    })
    const [first, second, again, step] = keys
    expect(again).toBe(second)
    expect(new Set([first, second, step]).size).toBe(3)
  })

  it.each<[string, Generator<typeof content>]>([
    [
      'has two items with the key "same"',
      async ({ step }) => (await step.map('posts', ids(2), { key: () => 'same' }, (id) => ({ text: id }))).map(String),
    ],
    [
      'must be a text of 1 to 200 characters',
      async ({ step }) => (await step.map('posts', ['x'], { key: () => '' }, (id) => ({ text: id }))).map(String),
    ],
    [
      'without NUL and halves of surrogate pairs. It is a bigint.',
      async ({ step }) =>
        (await step.map('posts', [7n], { key: (id) => id as never }, (id) => ({ text: `${id}` }))).map(String),
    ],
    [
      'must be a text of 1 to 200 characters',
      async ({ step }) => [(await step('posts', 'x'.repeat(201), () => ({ text: '' }))).text],
    ],
    [
      'takes a list of items, { key: (item) => … } and the work of one item. One of them is missing',
      async ({ step }) => (await step.map('posts', ['x'], undefined as never, (id) => ({ text: id }))).map(String),
    ],
    [
      'has 1001 items; a step has 1000 at most',
      async ({ step }) => (await step.map('posts', ids(1_001), { key }, (id) => ({ text: id }))).map(String),
    ],
    [
      'has 1001 items; a step has 1000 at most',
      async ({ step }) =>
        (await Promise.all(ids(1_001).map((id) => step('posts', id, () => ({ text: id }))))).map(String),
    ],
    [
      'concurrency is 0; it must be a whole number from 1 to 1000',
      async ({ step }) =>
        (await step.map('posts', ids(1), { key, concurrency: 0 }, (id) => ({ text: id }))).map(String),
    ],
    [
      'Step "angles" has no items in the catalog',
      // @ts-expect-error only steps with items can be mapped
      async ({ step }) => step.map('angles', ids(1), { key }, (id) => id),
    ],
    [
      'Step "posts" has items in the catalog',
      // @ts-expect-error a step with items runs item by item
      async ({ step }) => [await step('posts', () => ({ text: 'all' }))],
    ],
    [
      'Step "posts: a" waits for itself (posts: a → posts: a)',
      async ({ step }) => [
        (await step('posts', 'a', async (): Promise<{ text: string }> => step('posts', 'a', () => ({ text: '' }))))
          .text,
      ],
    ],
    [
      'Item "a" of step "posts" returned something that does not fit the catalog',
      // @ts-expect-error the output is that of one item
      async ({ step }) => [await step('posts', 'a', () => 'a text')],
    ],
  ])('says what is wrong, and why: %s', async (sentence, generator) => {
    const { status, error } = await play(generator)
    expect([status, error?.cause]).toEqual(['failed', expect.any(TaskError)])
    expect(String(error?.cause)).toContain(sentence)
  })
})

describe('items that run one by one', () => {
  it('are counted, and not repeated', async () => {
    const { attempts, task } = await play(async ({ step, attempt }) => {
      for (const id of ids(3)) await step('posts', id, () => ({ text: id }))
      if (attempt === 1) throw new Error('Busy.')
      await step('posts', 'p4', () => ({ text: 'p4' }))
      throw new FatalTaskError('Enough.')
    })
    expect(attempts.map(({ ran }) => ran)).toEqual([['posts: p1', 'posts: p2', 'posts: p3'], ['posts: p4']])
    expect(task.steps?.[1]).toMatchObject({ status: 'failed', items: { done: 4 } })
    expect(task.steps?.[1]?.items).not.toHaveProperty('total')
    expect(task.progress).toBe(0)
  })
})
