import type { ListTasksResponse } from '@brandkit/core'
import { describe, expect, it } from 'vitest'
import type { TaskServer } from '../../create-task-server.js'
import { memoryStore } from '../../memory.js'
import { keepSampleServers } from '../../../proofs/fixtures/sample-servers.js'
import { call, report, sampleServer } from '../../../proofs/fixtures/sample-tasks.js'

const { keep } = keepSampleServers()

/** Creates tasks, from old to new: a cancelled one of Linus in aurora, his batch of two in borealis, Ada's in aurora. */
async function setUp() {
  let now = Date.parse('2026-11-24T12:00:00Z')
  const store = memoryStore({ now: () => now++ })
  const server = keep(sampleServer(undefined, { store }))
  const create = async (body: object, user = 'linus') =>
    (await call(server, 'POST', 'action=create', { user, body })).body as unknown as {
      task: { taskId: string }
      batchId: string
      tasks: { taskId: string }[]
    }
  const { taskId: cancelled } = (await create(report)).task
  const { task } = (await call(server, 'POST', 'action=cancel', { user: 'linus', body: { taskId: cancelled } })).body
  now += 60_000
  const inBorealis = { ...report, brandId: 'borealis' }
  const batch = await create({ tasks: [inBorealis, inBorealis] })
  const ofAda = (await create(report, 'ada')).task.taskId
  const members = batch.tasks
    .map(({ taskId }) => taskId)
    .toSorted()
    .toReversed()
  return { server, cancelled, endedAt: task.completedAt ?? '', batchId: batch.batchId, members, ofAda }
}

async function list(server: TaskServer, query: string, user = 'linus'): Promise<ListTasksResponse> {
  return (await call(server, 'GET', `action=list&${query}`, { user })).body as unknown as ListTasksResponse
}
const ids = ({ tasks }: ListTasksResponse) => tasks.map(({ taskId }) => taskId)

describe('action=list', () => {
  it('lists the caller’s tasks, newest first; an operator’s are those of the tenant', async () => {
    const { server, cancelled, members, ofAda } = await setUp()
    expect(ids(await list(server, ''))).toEqual([...members, cancelled])
    expect(ids(await list(server, '', 'grace'))).toEqual([ofAda, ...members, cancelled])
    expect(ids(await list(server, '', 'mallory'))).toEqual([])
  })

  it('keeps to what was asked for, all of it together', async () => {
    const { server, cancelled, endedAt, batchId, members } = await setUp()
    const earlier = new Date(Date.parse(endedAt) - 1).toISOString()
    const expected: [query: string, ids: string[]][] = [
      ['brandId=aurora', [cancelled]],
      ['type=MAKE_REPORT', [...members, cancelled]],
      ['type=UNSERVED', []],
      [`batchId=${batchId}`, members],
      ['status=cancelled,failed', [cancelled]],
      ['status=queued,cancelled', [...members, cancelled]],
      [`endedAfter=${earlier}`, [cancelled]],
      [`endedAfter=${endedAt}`, []],
      [`brandId=aurora&batchId=${batchId}`, []],
    ]
    for (const [query, wanted] of expected) expect([query, ids(await list(server, query))]).toEqual([query, wanted])
  })

  it('shows nothing of a brand that is not the caller’s, whatever is asked', async () => {
    const { server, ofAda } = await setUp()
    expect(ids(await list(server, 'brandId=borealis', 'ada'))).toEqual([])
    expect(ids(await list(server, '', 'ada'))).toEqual([ofAda])
  })

  it('goes on behind its cursor, also when newer tasks have come meanwhile', async () => {
    const { server, cancelled, members } = await setUp()
    const first = await list(server, 'limit=2')
    expect(ids(first)).toEqual(members)
    await call(server, 'POST', 'action=create', { user: 'linus', body: report })
    const second = await list(server, `limit=2&cursor=${encodeURIComponent(first.nextCursor ?? '')}`)
    expect(second.nextCursor).toBeNull()
    expect(ids(second)).toEqual([cancelled])
  })
})
