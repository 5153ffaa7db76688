import type { MatchingOutcome } from '@brandkit/core'
import { describe, expect, it, vi } from 'vitest'
import { memoryStore } from '../memory.js'
import type { ListFilter } from '../store/list-filter.js'
import { keepSampleServers } from '../../proofs/fixtures/sample-servers.js'
import { ada, call, endless, report } from '../../proofs/fixtures/sample-tasks.js'

const { started } = keepSampleServers()

interface Reply {
  matched: number
  done: number
  outcomes: MatchingOutcome[]
  nextCursor: string | null
}

async function serverWithCancelled(count: number, options: Parameters<typeof started>[1] = {}) {
  const server = await started(endless, options)
  const { body } = await call(server, 'POST', 'action=create', { body: { tasks: Array(count).fill(report) } })
  await call(server, 'POST', 'action=cancel', { body: { batchId: body['batchId'] } })
  const act = async (action: string, request: object) => {
    const reply = await call(server, 'POST', `action=${action}`, { body: request })
    return { status: reply.status, headers: reply.headers, body: reply.body as unknown as Reply }
  }
  return { server, act }
}

const filter = { status: 'cancelled', createdBefore: '9999-01-01T00:00:00Z' }

describe('a retry of all that match', () => {
  it('stops at the rate of creates, and goes on behind the last task that had its turn', async () => {
    const limits = { createPerMinute: 4 }
    const { act } = await serverWithCancelled(3, { limits })
    const first = await act('retry', { filter })
    // The batch has used up three of four.
    expect(first).toMatchObject({ status: 200, body: { matched: 1, done: 1 } })
    expect(first.headers.get('ratelimit')).toContain('r=0')
    const second = await act('retry', { filter, cursor: first.body.nextCursor })
    expect(second).toMatchObject({ status: 429, body: { code: 'rate_limited' } })
    expect(second.headers.get('retry-after')).not.toBeNull()
  })

  it('gives each task its turn, whatever the limit, when the caller goes on after each refusal', async () => {
    let left = 2
    const createLimiter = () => ({
      async consume() {
        left -= 1
        // oxlint-disable-next-line only-throw-error -- as rate-limiter-flexible does
        if (left < 0) throw { remainingPoints: 0, msBeforeNext: 1_000 }
        return { remainingPoints: left, msBeforeNext: 1_000 }
      },
    })
    const { act } = await serverWithCancelled(5, { limits: { createPerMinute: 2, createLimiter } })
    const turns: string[] = []
    let cursor: string | null | undefined
    for (let request = 0; request < 20 && cursor !== null; request += 1) {
      left = 2
      const { body } = await act('retry', { filter, ...(cursor !== undefined && { cursor }) })
      turns.push(...body.outcomes.map(({ taskId }) => taskId))
      cursor = body.nextCursor
    }
    expect(turns).toHaveLength(5)
    expect(new Set(turns).size).toBe(5)
  })

  it('says of a task that cannot be retried why, and goes on with the next', async () => {
    const store = memoryStore()
    const { server, act } = await serverWithCancelled(2, { store })
    const first = await act('retry', { filter })
    const { newTaskId } = first.body.outcomes[0] as { newTaskId: string }
    await call(server, 'POST', 'action=cancel', { body: { taskId: newTaskId } })
    await call(server, 'POST', 'action=delete', { body: { taskId: newTaskId } })
    const { body } = await act('retry', { filter })
    expect(body).toMatchObject({ matched: 2, done: 1, nextCursor: null })
    expect(body.outcomes[0]).toEqual({ taskId: first.body.outcomes[0]?.taskId, outcome: 'refused', code: 'task_gone' })
  })

  it('goes on before a task that has had no turn, although the page has changed meanwhile', async () => {
    const store = memoryStore()
    const lists: ListFilter[] = []
    const { server, act } = await serverWithCancelled(4, {
      limits: { createPerMinute: 6 },
      store: {
        ...store,
        async list(given, scope) {
          lists.push(given)
          // Between the two reads of the page the content of its first task is removed.
          const [newest] = (await store.list({ limit: 1, status: ['cancelled'] }, scope)).tasks
          if (lists.length === 2 && newest) await store.delete(newest.taskId, scope)
          return store.list(given, scope)
        },
      },
    })
    lists.length = 0
    const all = (await server.as(ada).list({ status: 'cancelled' })).tasks.map(({ taskId }) => taskId)
    lists.length = 0
    const { body } = await act('retry', { filter })
    expect(body.outcomes.map(({ taskId }) => taskId)).toEqual(all.slice(0, 2))
    const rest = await store.list(
      { limit: 10, cursor: body.nextCursor!, status: ['cancelled'] },
      { reach: 'tenant', tenantId: 'acme' },
    )
    expect(rest.tasks.map(({ taskId }) => taskId)).toEqual(all.slice(2))
  })
})

describe('an action for all that match', () => {
  it('asks the policy about the brand of the filter', async () => {
    const authorize = vi.fn(() => 'own' as const)
    const { act } = await serverWithCancelled(1, { authorize })
    await act('delete', { filter: { brandId: 'aurora' }, dryRun: true })
    expect(authorize).toHaveBeenLastCalledWith(expect.objectContaining({ action: 'delete', brandId: 'aurora' }))
  })

  it('is the same in process', async () => {
    const { server } = await serverWithCancelled(3)
    const tasks = server.as(ada)
    const request = { action: 'delete', filter: { status: 'cancelled', createdAfter: new Date(0) } } as const
    expect(await tasks.actOnMatching({ ...request, dryRun: true })).toMatchObject({ matched: 3, done: 0 })
    expect(await tasks.actOnMatching(request)).toMatchObject({ matched: 3, done: 3, nextCursor: null })
    expect((await tasks.list()).tasks).toEqual([])
  })
})
