import type { TaskSummaryJson } from '@brandkit/core'
import { expect, it } from 'vitest'
import type { EndpointCaller } from './endpoint-caller.js'
import { reportInput } from './endpoint-tasks.js'

const idsOf = (tasks: readonly TaskSummaryJson[]) => tasks.map(({ taskId }) => taskId)

export function describeListing({ call, create, createBatch, read, until }: EndpointCaller): void {
  it('shows the newest first, without payloads', async () => {
    const [older, newer] = [await create(), await create()]
    const { body } = await call('list', { query: { limit: '2' } })
    expect(idsOf(body.tasks)).toEqual([newer.taskId, older.taskId])
    for (const task of body.tasks) expect(task).not.toHaveProperty('payload')
  })

  it('shows no results, which a status of the same tasks has', async () => {
    const tasks = [await create(), await create()]
    for (const { taskId } of tasks) await until(taskId, { status: 'completed' })
    const { body: listed } = await call('list', { query: { status: 'completed', limit: '2' } })
    expect(idsOf(listed.tasks).toSorted()).toEqual(idsOf(tasks).toSorted())
    for (const task of listed.tasks) {
      expect(task).toMatchObject({ isSummary: true, progress: 100 })
      expect(task).not.toHaveProperty('result')
      expect(await read(task.taskId)).toHaveProperty('result')
    }
    const { body } = await call('status', { query: { taskIds: idsOf(tasks).join(',') } })
    for (const task of body.tasks) {
      expect(task).toHaveProperty('result')
      expect(task).not.toHaveProperty('isSummary')
    }
  })

  it('goes through all pages without leaving one out or showing it twice, though others are created meanwhile', async () => {
    const { batchId, tasks } = await createBatch(['completes', 'completes', 'completes', 'completes', 'completes'])
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const query: Record<string, string> = { batchId, limit: '2', ...(cursor !== null && { cursor }) }
      const { body } = await call('list', { query })
      seen.push(...idsOf(body.tasks))
      // A server that repeats a page would otherwise be asked without end.
      expect(seen.length).toBeLessThanOrEqual(tasks.length)
      cursor = body.nextCursor
      await create()
    } while (cursor !== null)
    expect(seen.toSorted()).toEqual(idsOf(tasks).toSorted())
  })

  it('finds tasks by the beginnings of words of title and tags, and by tags that they have all', async () => {
    const [tag, name] = [crypto.randomUUID(), crypto.randomUUID()]
    // The same word to people, written as an o and the two dots on it.
    const decomposed = 'Größe'.normalize('NFD')
    const { body: created } = await call('create', {
      body: {
        tasks: [
          reportInput('completes', { tags: [tag, decomposed], payload: { name } }),
          reportInput('completes', { tags: [tag] }),
        ],
      },
    })
    expect(created.tasks.map(({ tags }) => tags)).toEqual([[tag, 'Größe'], [tag]])
    const [first, second] = idsOf(created.tasks)
    expect((await read(first!)).tags).toEqual([tag, 'Größe'])
    const list = async (query: Record<string, string>) => idsOf((await call('list', { query })).body.tasks)
    expect(new Set(await list({ tags: tag }))).toEqual(new Set([first, second]))
    for (const word of ['Größe', decomposed]) expect(await list({ tags: `${tag},${word}` })).toEqual([first])
    expect(await list({ search: `report ${name.slice(0, 8)}` })).toEqual([first])
    expect(await list({ search: `GRÖ ${tag}` })).toEqual([first])
    expect(await list({ search: 'eport', tags: tag })).toEqual([])
    expect(await list({ search: '🎉' })).toEqual([])
    expect(await list({ tags: tag, createdBefore: new Date(Date.now() - 3_600_000).toISOString() })).toEqual([])
    expect(await list({ tags: tag, createdAfter: new Date(Date.now() - 3_600_000).toISOString() })).toHaveLength(2)
  })

  it('narrows by status, brand, type and batch together', async () => {
    const elsewhere = reportInput('completes', { brandId: 'borealis' })
    const { body: created } = await call('create', {
      body: { tasks: [reportInput(), reportInput('refuses'), elsewhere] },
    })
    const { batchId } = created
    const [done, refused, other] = idsOf(created.tasks)
    await until(done!, { status: 'completed' })
    await until(refused!, { status: 'failed' })
    await until(other!, { status: 'completed' })
    const list = async (query: Record<string, string>) =>
      new Set(idsOf((await call('list', { query: { batchId, ...query } })).body.tasks))

    expect(await list({})).toEqual(new Set([done, refused, other]))
    expect(await list({ status: 'failed' })).toEqual(new Set([refused]))
    expect(await list({ status: 'failed,completed', brandId: 'aurora' })).toEqual(new Set([done, refused]))
    expect(await list({ type: 'WRITE_REPORT', brandId: 'borealis' })).toEqual(new Set([other]))
    expect(await list({ type: 'UNSERVED' })).toEqual(new Set())
    expect(await list({ endedAfter: new Date(Date.now() + 3_600_000).toISOString() })).toEqual(new Set())
    expect(await list({ endedAfter: new Date(Date.now() - 3_600_000).toISOString() })).toEqual(
      new Set([done, refused, other]),
    )
  })
}
