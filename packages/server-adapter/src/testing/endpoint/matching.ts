import type { MatchingAction } from '@brandkit/core'
import { expect, it } from 'vitest'
import type { CallOptions, EndpointCaller } from './endpoint-caller.js'
import { type Course, reportInput } from './endpoint-tasks.js'

const MUCH_LATER = { runAt: '2999-01-01T00:00:00Z' }

export function describeMatching({ call, read, until }: EndpointCaller): void {
  /** Creates tasks with a tag that no other test has. */
  async function createTagged(courses: readonly Course[], more: object = {}) {
    const tag = crypto.randomUUID()
    const tasks = courses.map((course) => reportInput(course, { tags: [tag], ...more }))
    const { body } = await call('create', { body: { tasks } })
    return { filter: { tags: [tag] }, ids: body.tasks.map(({ taskId }) => taskId) }
  }

  const act = async (
    action: MatchingAction,
    body: { filter: object; dryRun?: boolean; cursor?: string },
    options: CallOptions = {},
  ) => (await call(action, { body, ...options })).body

  it.each(['cancel', 'retry', 'delete'] as const)('counts what %s would take, and changes nothing', async (action) => {
    const { filter, ids } = await createTagged(['refuses', 'completes', 'lasts'])
    const [refused, completed, lasting] = ids
    await until(refused!, { status: 'failed' })
    await until(completed!, { status: 'completed' })
    await until(lasting!, { status: 'processing' })
    const before = await Promise.all(ids.map((taskId) => read(taskId)))
    const matched = { cancel: 1, retry: 1, delete: 2 }[action]
    const dry = { matched, done: 0, outcomes: [], nextCursor: null }
    expect(await act(action, { filter, dryRun: true })).toEqual(dry)
    for (const [index, taskId] of ids.slice(0, 2).entries()) expect(await read(taskId)).toEqual(before[index])
    expect(await read(lasting!)).toMatchObject({ status: 'processing' })
    await act('cancel', { filter })
  })

  it('cancels all that match, page by page, and leaves none out', async () => {
    const { filter, ids } = await createTagged(
      Array.from({ length: 100 }, () => 'lasts' as const),
      MUCH_LATER,
    )
    const more = reportInput('lasts', { ...filter, ...MUCH_LATER })
    const { body: extra } = await call('create', { body: { tasks: [more, more, more] } })
    const all = [...ids, ...extra.tasks.map(({ taskId }) => taskId)]
    expect(await act('cancel', { filter, dryRun: true })).toMatchObject({ matched: 103, nextCursor: null })

    const first = await act('cancel', { filter })
    expect(first).toMatchObject({ matched: 100, done: 100 })
    const second = await act('cancel', { filter, cursor: first.nextCursor! })
    expect(second).toMatchObject({ matched: 3, done: 3, nextCursor: null })
    const outcomes = [...first.outcomes, ...second.outcomes]
    expect(outcomes.map(({ taskId }) => taskId).toSorted()).toEqual(all.toSorted())
    expect(await act('cancel', { filter, dryRun: true })).toMatchObject({ matched: 0 })
    // Asked again it does no harm.
    expect(await act('cancel', { filter })).toMatchObject({ matched: 0, outcomes: [], nextCursor: null })
  })

  it('retries all that match, each once however often it is asked, with the tags of the old ones', async () => {
    const { filter, ids } = await createTagged(['refuses', 'refuses', 'completes'])
    for (const taskId of ids.slice(0, 2)) await until(taskId, { status: 'failed' })
    await until(ids[2]!, { status: 'completed' })
    const createdBefore = new Date(Date.parse((await read(ids[2]!)).createdAt) + 1).toISOString()
    const request = { filter: { ...filter, createdBefore } }
    const [first, second] = [await act('retry', request), await act('retry', request)]
    expect(first).toMatchObject({ matched: 2, done: 2, nextCursor: null })
    expect(second).toEqual(first)
    for (const outcome of first.outcomes) {
      const { taskId, newTaskId } = outcome as { taskId: string; newTaskId: string }
      expect(await read(newTaskId)).toMatchObject({ retryOf: taskId, tags: filter.tags })
    }
  })

  it('deletes all ended tasks that match, and leaves those that are under way', async () => {
    const { filter, ids } = await createTagged(['completes', 'refuses', 'lasts'])
    await until(ids[0]!, { status: 'completed' })
    await until(ids[1]!, { status: 'failed' })
    expect(await act('delete', { filter })).toMatchObject({ matched: 2, done: 2, nextCursor: null })
    for (const taskId of ids.slice(0, 2)) expect((await call('status', { query: { taskId } })).status).toBe(410)
    expect((await read(ids[2]!)).status).not.toBe('cancelled')
    await act('cancel', { filter })
  })

  it('takes all conditions together', async () => {
    const { filter, ids } = await createTagged(['lasts', 'lasts'], MUCH_LATER)
    const matched = async (more: object) =>
      (await act('cancel', { filter: { ...filter, ...more }, dryRun: true })).matched
    expect(await matched({ search: 'report may', brandId: 'aurora', type: 'WRITE_REPORT', status: 'queued' })).toBe(2)
    expect(await matched({ search: 'june' })).toBe(0)
    expect(await matched({ search: '&' })).toBe(0)
    expect(await matched({ brandId: 'borealis' })).toBe(0)
    expect(await matched({ status: ['completed', 'failed'] })).toBe(0)
    expect(await matched({ createdAfter: new Date(Date.now() + 3_600_000) })).toBe(0)
    expect(await matched({ createdBefore: new Date(Date.now() - 3_600_000) })).toBe(0)
    expect(await act('cancel', { filter })).toMatchObject({ done: ids.length })
  })

  it('reaches nobody else’s tasks, and an operator all of the tenant', async () => {
    const { filter, ids } = await createTagged(['lasts'], MUCH_LATER)
    const nothing = { matched: 0, done: 0, outcomes: [], nextCursor: null }
    for (const given of [filter, { search: filter.tags[0]! }]) {
      expect(await act('cancel', { filter: given }, { user: 'linus' })).toEqual(nothing)
      expect(await act('cancel', { filter: given, dryRun: true }, { user: 'linus' })).toEqual(nothing)
      const { body } = await call('list', { query: { search: filter.tags[0]! }, user: 'linus' })
      expect(body).toEqual({ tasks: [], nextCursor: null })
    }
    expect((await read(ids[0]!)).status).toBe('queued')
    // A colleague may cancel what belongs to the brand, and deletes only what is her own.
    expect(await act('cancel', { filter, dryRun: true }, { user: 'hedy' })).toMatchObject({ matched: 1 })
    expect(await act('cancel', { filter }, { user: 'grace' })).toMatchObject({ matched: 1, done: 1 })
    expect(await act('delete', { filter }, { user: 'hedy' })).toEqual(nothing)
    expect((await read(ids[0]!)).status).toBe('cancelled')
  })

  it.each([
    ['an empty filter', {}, 'all'],
    ['no tags', { tags: [] }, 'filter.tags'],
    ['a condition that nobody knows', { owner: 'ada' }, 'owner'],
    ['an empty search', { search: '' }, 'filter.search'],
  ])('refuses %s, and says why', async (_, filter, named) => {
    for (const action of ['cancel', 'retry', 'delete'] as const) {
      const reply = await call(action, { body: { filter, dryRun: true } })
      expect(reply).toMatchObject({ status: 400, body: { code: 'invalid_request' } })
      expect(reply.body.detail).toContain(named)
    }
  })
}
