import { describe, expect, it, vi } from 'vitest'
import { createFindTasks } from './find-tasks.js'
import type { Execute } from './statement.js'
import type { UnparsedRow } from './task-row.js'

const MOMENT = '00030f5f8e5f2c00'

const row = (id: string, more: Partial<UnparsedRow> = {}): UnparsedRow => ({
  id,
  tenant_id: 'acme',
  user_id: 'ada',
  created_by: 'ada',
  brand_id: 'aurora',
  type: 'REPORT',
  type_version: 1,
  title: 'Report',
  tags: null,
  after: null,
  waits_for: null,
  awaited: null,
  priority: 'normal',
  max_retries: 3,
  trace_id: '0af7651916cd43dd8448eb211c80319c',
  traceparent: null,
  batch_id: null,
  retry_of: null,
  tier: null,
  usage: null,
  keys_of: null,
  text_cursor: null,
  result_text: '{"a":1}',
  partial_result_text: null,
  plan: [],
  step_started: {},
  step_completed: {},
  step_items: null,
  status: 'completed',
  progress: '4059000000000000',
  current_step: null,
  rings: 0,
  attempt: 1,
  epoch: 1,
  version: 3,
  created_at: MOMENT,
  updated_at: MOMENT,
  run_at: MOMENT,
  started_at: MOMENT,
  attempt_started_at: MOMENT,
  completed_at: MOMENT,
  purged_at: null,
  last_error: null,
  error_code: null,
  waiting_for: null,
  ...more,
})

const ada = { reach: 'own', tenantId: 'acme', userId: 'ada', brandIds: '*' } as const
const eve = { ...ada, userId: 'eve' }

/** A database of these rows. `fail` makes the next statement fail. */
function open(...rows: UnparsedRow[]) {
  let statements = 0
  let failure: Error | undefined
  const execute = (async () => {
    statements += 1
    const error = failure
    failure = undefined
    if (error) throw error
    return rows
  }) as unknown as Execute
  return {
    find: createFindTasks(execute),
    fail: (error: Error) => void (failure = error),
    count: () => statements,
  }
}

describe('reads of tasks by id', () => {
  it('share one statement, and each gets what its own scope may see', async () => {
    const { find, count } = open(row('a'), row('e', { user_id: 'eve' }))
    const both = ['a', 'e']
    const found = await Promise.all([
      find(both, ada),
      find(both, eve),
      find(both, { ...ada, brandIds: ['borealis'] }),
      find(both, { reach: 'tenant', tenantId: 'acme' }),
      find(both, { reach: 'tenant', tenantId: undefined as unknown as string }),
      find(both, { ...ada, reach: 'all' } as never),
    ])
    expect(found.map((tasks) => tasks.map(({ taskId }) => taskId))).toEqual([['a'], ['e'], [], ['a', 'e'], [], []])
    expect(count()).toBe(1)
  })

  it('give each reader a value of its own', async () => {
    const { find } = open(row('a'))
    const [[first], [second]] = await Promise.all([find(['a'], ada), find(['a'], ada)])
    Object.assign(first?.result as object, { a: 2 })
    expect(second?.result).toEqual({ a: 1 })
  })

  it('ask anew after a statement that was sent before', async () => {
    const { find, count } = open(row('a'))
    await find(['a'], ada)
    await find(['a'], ada)
    expect(count()).toBe(2)
  })

  it('of many ids have a statement of their own', async () => {
    const { find, count } = open(row('a'))
    const many = Array.from({ length: 11 }, (_, at) => `a${at}`)
    await Promise.all([find(many, ada), find(['a'], ada), find(['a'], ada)])
    expect(count()).toBe(2)
  })

  it('all fail when the connection does, after one statement', async () => {
    const { find, fail, count } = open(row('a'))
    fail(new Error('Connection terminated unexpectedly'))
    const outcomes = await Promise.allSettled([find(['a'], ada), find(['a'], eve)])
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    expect(count()).toBe(1)
  })

  it('do without a statement whose connection hangs', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      const answer = Promise.withResolvers<UnparsedRow[]>()
      const execute = vi
        .fn<() => Promise<UnparsedRow[]>>()
        .mockReturnValueOnce(answer.promise)
        .mockResolvedValue([row('a')])
      const find = createFindTasks(execute as unknown as Execute)
      const hanging = find(['a'], ada)
      await vi.waitFor(() => expect(execute).toHaveBeenCalledOnce())
      const later = find(['a'], ada)
      await vi.advanceTimersByTimeAsync(100)
      expect(await later).toHaveLength(1)
      answer.resolve([row('a')])
      expect(await hanging).toHaveLength(1)
    } finally {
      vi.useRealTimers()
    }
  })

  it('fail alone where only one row cannot be read', async () => {
    const { find } = open(row('a'), row('b', { created_at: 'infinity' }))
    const outcomes = await Promise.allSettled([find(['a'], ada), find(['b'], ada)])
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
  })
})
