import type { GetStatusesResponse, GetStatusResponse, TaskBatch, TaskHints } from '@brandkit/core'
import { describe, expect, it, vi } from 'vitest'
import type { TaskServer } from '../../create-task-server.js'
import { memoryStore } from '../../memory.js'
import type { TaskStore } from '../../store/task-store.js'
import type { TaskWatcher } from '../../store/task-watcher.js'
import { keepSampleServers } from '../../../proofs/fixtures/sample-servers.js'
import { call, createReport, makeReport, report, sampleServer } from '../../../proofs/fixtures/sample-tasks.js'

const { keep, started } = keepSampleServers()

/** A memory store that exposes its watcher and counts its reads. */
function observedStore() {
  const store = memoryStore()
  let watcher: TaskWatcher | undefined
  const find = vi.fn<TaskStore['find']>((...input) => store.find(...input))
  const observed: TaskStore = {
    ...store,
    find,
    watch(added) {
      watcher = added
      return store.watch(added)
    },
  }
  return { store: observed, find, followed: () => [...(watcher?.following() ?? [])] }
}

const read = (server: TaskServer, query: string, known?: string | null, user = 'ada') =>
  call(server, 'GET', `action=status&${query}`, { user, headers: known ? { 'if-none-match': known } : {} })

async function tagOf(server: TaskServer, query: string): Promise<string> {
  const tag = (await read(server, query)).headers.get('etag')
  if (tag === null) throw new Error('There is no ETag.')
  return tag
}

async function createBatch(server: TaskServer): Promise<{ batchId: string; ids: string[] }> {
  const { body } = await call(server, 'POST', 'action=create', { body: { tasks: [report, report] } })
  const { batchId, tasks } = body as unknown as { batchId: string; tasks: { taskId: string }[] }
  return { batchId, ids: tasks.map(({ taskId }) => taskId) }
}

const cancel = (server: TaskServer, taskId: string) => call(server, 'POST', 'action=cancel', { body: { taskId } })

/** A server without a worker, so that its tasks stay queued. */
const idle = (store: TaskStore = memoryStore()) => keep(sampleServer(makeReport, { store }))

describe('the ETag of a status', () => {
  it('answers 304 to whoever has it, for one task, several and a batch', async () => {
    const server = idle()
    const { batchId, ids } = await createBatch(server)
    for (const query of [`taskId=${ids[0]}`, `taskIds=${ids.join(',')}`, `batchId=${batchId}`]) {
      const tag = await tagOf(server, query)
      const again = await read(server, query, tag)
      expect(again).toMatchObject({ status: 304, body: null })
      expect(again.headers.get('etag')).toBe(tag)
      expect(again.headers.get('content-type')).toBeNull()
    }
  })

  it('is another one after every stored change', async () => {
    const server = idle()
    const { batchId, ids } = await createBatch(server)
    const queries = [`taskId=${ids[0]}`, `taskIds=${ids.join(',')}`, `batchId=${batchId}`]
    const before = await Promise.all(queries.map((query) => tagOf(server, query)))
    await cancel(server, ids[0] ?? '')
    for (const [index, query] of queries.entries()) expect((await read(server, query, before[index])).status).toBe(200)
    const after = await Promise.all(queries.map((query) => tagOf(server, query)))
    await call(server, 'POST', 'action=retry', { body: { taskId: ids[0] } })
    // Only the batch has a new task.
    const statuses = await Promise.all(
      queries.map(async (query, index) => (await read(server, query, after[index])).status),
    )
    expect(statuses).toEqual([304, 304, 200])
  })

  it('is compared weakly, within a list too, and “*” stands for any', async () => {
    const server = idle()
    const query = `taskId=${await createReport(server)}`
    const tag = await tagOf(server, query)
    for (const known of [tag.replace('W/', ''), `"other", ${tag}`, '*'])
      expect((await read(server, query, known)).status).toBe(304)
    for (const known of ['"other"', 'nonsense', tag.replaceAll('"', '')])
      expect((await read(server, query, known)).status).toBe(200)
  })

  it('does not tell apart a foreign task from none', async () => {
    const server = idle()
    const taskId = await createReport(server)
    const tag = await tagOf(server, `taskId=${taskId}`)
    for (const id of [taskId, 'nobody'])
      expect(await read(server, `taskId=${id}&wait=5`, tag, 'linus')).toMatchObject({ status: 404 })
    const [foreign, unknown] = [
      await read(server, `taskIds=${taskId}`, null, 'linus'),
      await read(server, `taskIds=nobody`, null, 'linus'),
    ]
    expect(foreign.body).toEqual({ tasks: [], missing: [taskId] })
    expect(unknown.headers.get('etag')).toBe(foreign.headers.get('etag'))
  })
})

describe('a status that is waited for', () => {
  it('answers at once to whoever knows nothing, or something old', async () => {
    const server = idle()
    const taskId = await createReport(server)
    expect((await read(server, `taskId=${taskId}&wait=25`)).status).toBe(200)
    expect((await read(server, `taskId=${taskId}&wait=25`, '"old"')).status).toBe(200)
  })

  it('answers as soon as there is news, having read the store no more than it must', async () => {
    const { store, find, followed } = observedStore()
    const server = idle(store)
    const [taskId, other] = [await createReport(server), await createReport(server)]
    const tag = await tagOf(server, `taskId=${taskId}`)
    find.mockClear()
    const waiting = read(server, `taskId=${taskId}&wait=25`, tag)
    await vi.waitFor(() => expect(find).toHaveBeenCalledTimes(1))
    await cancel(server, other)
    expect(followed()).toEqual([taskId])
    await cancel(server, taskId)
    expect((await waiting).body.task.status).toBe('cancelled')
    expect(find).toHaveBeenCalledTimes(2)
  })

  it('of a batch answers when one of its tasks changes, or when it grows', async () => {
    const { store, followed } = observedStore()
    const server = idle(store)
    const { batchId, ids } = await createBatch(server)
    const wait = async (change: () => Promise<unknown>) => {
      const waiting = read(server, `batchId=${batchId}&wait=25`, await tagOf(server, `batchId=${batchId}`))
      await vi.waitFor(() => expect(followed()).toEqual(expect.arrayContaining(ids)))
      await createReport(server)
      await change()
      return ((await waiting).body as unknown as { batch: TaskBatch }).batch
    }
    expect((await wait(() => cancel(server, ids[0] ?? ''))).counts).toMatchObject({ queued: 1, cancelled: 1 })
    const grown = await wait(() => call(server, 'POST', 'action=retry', { body: { taskId: ids[0] } }))
    expect(grown.counts).toMatchObject({ queued: 2, cancelled: 0 })
  })

  it('answers 304 when its time is up, and follows nothing any more', async () => {
    const { store, followed } = observedStore()
    const server = idle(store)
    const query = `taskId=${await createReport(server)}`
    const { status, headers } = await read(server, `${query}&wait=0.01`, await tagOf(server, query))
    expect(status).toBe(304)
    expect(headers.get('retry-after')).toBe('1')
    expect(followed()).toEqual([])
  })

  it('ends when the caller hangs up, and follows nothing any more', async () => {
    const { store, followed } = observedStore()
    const server = idle(store)
    const taskId = await createReport(server)
    const tag = await tagOf(server, `taskId=${taskId}`)
    const caller = new AbortController()
    const waiting = server.handler(
      new Request(`http://app.test/api/jobs?action=status&taskId=${taskId}&wait=25`, {
        headers: { 'x-user': 'ada', 'if-none-match': tag },
        signal: caller.signal,
      }),
    )
    await vi.waitFor(() => expect(followed()).toEqual([taskId]))
    caller.abort()
    await waiting
    expect(followed()).toEqual([])
  })

  it('is answered at once when the server stops', async () => {
    const { store, followed } = observedStore()
    const server = idle(store)
    const query = `taskId=${await createReport(server)}`
    const waiting = read(server, `${query}&wait=25`, await tagOf(server, query))
    await vi.waitFor(() => expect(followed()).toHaveLength(1))
    await server.stop()
    expect((await waiting).status).toBe(304)
  })

  it('answers 410 when the content is removed meanwhile', async () => {
    const { store, followed } = observedStore()
    const server = idle(store)
    const taskId = await createReport(server)
    await cancel(server, taskId)
    const waiting = read(server, `taskId=${taskId}&wait=25`, await tagOf(server, `taskId=${taskId}`))
    await vi.waitFor(() => expect(followed()).toEqual([taskId]))
    await call(server, 'POST', 'action=delete', { body: { taskId } })
    expect(await waiting).toMatchObject({ status: 410, body: { code: 'task_gone' } })
  })
})

describe('a status of several tasks', () => {
  it('leaves the payload in the store, which a status of one does not', async () => {
    const server = idle()
    const taskId = await createReport(server)
    const { tasks } = (await read(server, `taskIds=${taskId}`)).body as unknown as GetStatusesResponse
    expect(tasks).toMatchObject([{ taskId }])
    expect(tasks[0]).not.toHaveProperty('payload')
    expect((await read(server, `taskId=${taskId}`)).body.task).toHaveProperty('payload')
  })

  it('counts as missing what was emptied, like what never was', async () => {
    const server = idle()
    const [kept, emptied] = [await createReport(server), await createReport(server)]
    await cancel(server, emptied)
    await call(server, 'POST', 'action=delete', { body: { taskId: emptied } })
    const { body } = await read(server, `taskIds=${emptied},${kept},nobody`)
    expect(body).toMatchObject({ tasks: [{ taskId: kept }], missing: [emptied, 'nobody'] })
  })
})

describe('hints', () => {
  it('tell the place in the queue, beside the task and outside its version', async () => {
    const server = idle()
    const ids = [await createReport(server), await createReport(server)]
    const { body } = await read(server, `taskIds=${ids.join(',')}`)
    expect(body).toMatchObject({ hints: { [ids[0] ?? '']: { position: 1 }, [ids[1] ?? '']: { position: 2 } } })
    expect(JSON.stringify((body as unknown as GetStatusesResponse).tasks)).not.toMatch(/position|estimatedCompletion/)
  })

  it('learn from what has completed, for one task, several, a batch, and the next create', async () => {
    let now = Date.now()
    const clock = vi.spyOn(Date, 'now').mockImplementation(() => now)
    const store = memoryStore({ now: () => now })
    const worker = keep(
      sampleServer(
        async (context) => {
          now += 80_000
          return makeReport(context)
        },
        { store },
      ),
    )
    await worker.start()
    const done = await createReport(worker)
    await vi.waitFor(async () => expect((await read(worker, `taskId=${done}`)).body.task.status).toBe('completed'))
    await worker.stop()

    const server = idle(store)
    const { batchId, ids } = await createBatch(server)
    const inQueue = (place: number): TaskHints => ({
      position: place,
      estimatedCompletion: new Date(now + place * 80_000).toISOString(),
    })
    const [first = '', second = ''] = ids
    const one = await read(server, `taskId=${second}`)
    expect(one.body).toMatchObject({ hints: { [second]: inQueue(2) }, pollAfterMs: 10_000 })
    expect(one.headers.get('retry-after')).toBe('10')
    const batch = await read(server, `batchId=${batchId}`)
    expect(batch.body).toMatchObject({ hints: { [first]: inQueue(1), [second]: inQueue(2) } })

    const created = await call(server, 'POST', 'action=create', { body: report })
    expect(created.headers.get('retry-after')).toBe('10')
    clock.mockRestore()
  })

  it('end with the task, and so does the advice to ask again', async () => {
    const server = await started(makeReport)
    const taskId = await createReport(server)
    const body = await vi.waitFor(async () => {
      const reply = (await read(server, `taskId=${taskId}`)).body as unknown as GetStatusResponse
      expect(reply.task.status).toBe('completed')
      return reply
    })
    expect(Object.keys(body)).toEqual(['task'])
    expect((await read(server, `taskId=${taskId}`)).headers.get('retry-after')).toBeNull()
  })
})

describe('a create of a batch', () => {
  it('says where to read of the batch', async () => {
    const server = idle()
    const { headers, body } = await call(server, 'POST', 'action=create', { body: { tasks: [report] } })
    const { batchId } = body as unknown as { batchId: string }
    expect(headers.get('location')).toBe(`?action=status&batchId=${batchId}`)
    expect((await read(server, `batchId=${batchId}`)).body).toMatchObject({ batch: { batchId, total: 1 } })
  })
})
