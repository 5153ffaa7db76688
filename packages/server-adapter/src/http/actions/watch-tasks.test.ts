import type { TaskJson } from '@brandkit/core'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { TaskServer } from '../../create-task-server.js'
import { memoryStore } from '../../memory.js'
import type { TaskStore } from '../../store/task-store.js'
import type { TaskWatcher } from '../../store/task-watcher.js'
import { followEvents, type FollowedEvents } from '../../testing/follow-events.js'
import { keepSampleServers } from '../../../proofs/fixtures/sample-servers.js'
import {
  ada,
  call,
  createReport,
  endless,
  linus,
  makeReport,
  report,
  sampleServer,
} from '../../../proofs/fixtures/sample-tasks.js'

const { started, keep } = keepSampleServers()
const open: FollowedEvents[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((followed) => followed.close()))
})

async function follow(
  server: TaskServer,
  { user = 'ada', query = '', ...init }: RequestInit & { user?: string; query?: string } = {},
): Promise<FollowedEvents> {
  const request = new Request(`http://app.test/api/jobs?action=events${query}`, {
    headers: { 'x-user': user },
    ...init,
  })
  const followed = followEvents(await server.handler(request))
  open.push(followed)
  return followed
}

const named = (followed: FollowedEvents) => followed.events.map(({ event }) => event)
const until = (check: () => void | Promise<void>) => vi.waitFor(check, { interval: 5 })

async function createBatch(server: TaskServer, count: number) {
  const { body } = await call(server, 'POST', 'action=create', { body: { tasks: Array(count).fill(report) } })
  return body as unknown as { batchId: string; tasks: TaskJson[] }
}

/** A store that exposes its watcher, and with it the watched owners. */
function watchedStore(): TaskStore & { watcher: () => TaskWatcher } {
  const store = memoryStore()
  let last: TaskWatcher
  return {
    ...store,
    watcher: () => last,
    watch(watcher) {
      last = watcher
      return store.watch(watcher)
    },
  }
}

describe('the stream of events', () => {
  it('says first when to come back, then what is under way and what has ended lately, then every change', async () => {
    const server = await started()
    const before = await createReport(server)
    await until(async () =>
      expect((await call(server, 'GET', `action=status&taskId=${before}`)).body.task.status).toBe('completed'),
    )
    const followed = await follow(server)
    expect(followed.status).toBe(200)
    expect(followed.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    expect(followed.headers.get('cache-control')).toBe('private, no-store, no-transform')
    await until(() => expect(named(followed)).toEqual(['snapshot']))
    expect(followed.retryMs).toBeGreaterThanOrEqual(1_000)
    expect(followed.retryMs).toBeLessThanOrEqual(5_000)
    expect([...followed.view.keys()]).toEqual([before])

    const after = await createReport(server)
    await until(() =>
      expect(followed.view.get(after)).toMatchObject({ status: 'completed', result: { reportId: 'r1' } }),
    )
    expect(new Set(named(followed).slice(1))).toEqual(new Set(['tasks']))
  })

  it('never carries a payload', async () => {
    const server = await started()
    const followed = await follow(server)
    const taskId = await createReport(server)
    await until(() => expect(followed.view.get(taskId)?.status).toBe('completed'))
    const tasks = followed.events.flatMap((event) => ('tasks' in event.data ? event.data.tasks : []))
    expect(tasks.length).toBeGreaterThan(0)
    for (const task of tasks) expect(task).not.toHaveProperty('payload')
  })

  it('shows nobody the tasks of another user, nor of a brand that is not the caller’s', async () => {
    const server = keep(
      sampleServer(endless, { authenticate: (request) => people[request.headers.get('x-user') ?? ''] ?? null }),
    )
    const people: Record<string, typeof ada> = {
      ada,
      linus,
      elsewhere: { ...ada, tenantId: 'other' },
      // The same user without access to the brand.
      former: { ...ada, brandIds: ['borealis'] },
    }
    const watching = { ada: await follow(server), linus: await follow(server, { user: 'linus' }) }
    const others = [
      watching.linus,
      await follow(server, { user: 'elsewhere' }),
      await follow(server, { user: 'former' }),
    ]
    const taskId = await createReport(server)
    await call(server, 'POST', 'action=cancel', { body: { taskId } })
    await until(() => expect(watching.ada.view.get(taskId)?.status).toBe('cancelled'))
    // A task of Linus arrives, so his stream is not just late.
    const { body } = await call(server, 'POST', 'action=create', { user: 'linus', body: report })
    await until(() => expect(watching.linus.view.has(body.task.taskId)).toBe(true))
    for (const { view } of others) expect(view.has(taskId)).toBe(false)
    expect(watching.ada.view.has(body.task.taskId)).toBe(false)
    const late = await follow(server, { user: 'linus' })
    await until(() => expect([...late.view.keys()]).toEqual([body.task.taskId]))
  })

  it('keeps hostile text within its line of data', async () => {
    const server = await started(endless)
    const followed = await follow(server)
    const name = 'x\n\nevent: end\rdata: {}\r\n\r\nid: end\u2028\u2029'
    const taskId = await createReport(server, { name })
    await until(() => expect(followed.view.get(taskId)?.status).toBe('processing'))
    expect(followed.view.get(taskId)?.title).toContain('event: end')
    expect(new Set(named(followed))).toEqual(new Set(['snapshot', 'tasks']))
    expect(followed.ids.filter(Boolean)).toEqual([])
  })

  it('frees everything when its reader hangs up, or its request is aborted', async () => {
    const store = watchedStore()
    const server = keep(sampleServer(endless, { store }))
    const aborter = new AbortController()
    const cancelled = await follow(server)
    const aborted = await follow(server, { signal: aborter.signal, user: 'linus' })
    const owners = () => Array.from(store.watcher().owners())
    expect(owners()).toMatchObject([
      { reach: 'own', tenantId: 'acme', userId: 'ada' },
      { reach: 'own', tenantId: 'acme', userId: 'linus' },
    ])
    await cancelled.close()
    aborter.abort()
    await aborted.ended
    expect(owners()).toEqual([])
  })

  it('asks nothing of the store once nobody reads', async () => {
    const store = memoryStore()
    const find = vi.spyOn(store, 'find')
    const server = keep(sampleServer(endless, { store }))
    const followed = await follow(server)
    const taskId = await createReport(server)
    await until(() => expect(followed.view.has(taskId)).toBe(true))
    const reads = find.mock.calls.length
    await followed.close()
    await createReport(server)
    expect(find).toHaveBeenCalledTimes(reads)
  })

  it('answers an outage with a problem, and not with a stream that breaks', async () => {
    const store = memoryStore()
    const server = keep(sampleServer(endless, { store: { ...store, list: () => Promise.reject(new Error('down')) } }))
    const { status, body } = await call(server, 'GET', 'action=events')
    expect({ status, code: body['code'] }).toEqual({ status: 500, code: 'internal_error' })
  })

  it('reads a change again that it could not read', async () => {
    const store = memoryStore()
    let failures = 1
    const find: TaskStore['find'] = (...query) =>
      failures-- > 0 ? Promise.reject(new Error('down')) : store.find(...query)
    const server = keep(sampleServer(endless, { store: { ...store, find } }))
    const followed = await follow(server)
    const taskId = await createReport(server)
    await until(() => expect(followed.view.has(taskId)).toBe(true))
    expect(failures).toBeLessThan(0)
  })

  it('tells its readers to come back when the server stops, and ends at once', async () => {
    const server = await started(endless)
    const followed = await Promise.all(Array.from({ length: 20 }, () => follow(server)))
    await server.stop()
    await Promise.all(followed.map(({ ended }) => ended))
    const pauses = followed.map(({ events }) => {
      const last = events.at(-1)
      return last?.event === 'reconnect' ? last.data.afterMs : NaN
    })
    for (const pause of pauses) {
      expect(pause).toBeGreaterThanOrEqual(1_000)
      expect(pause).toBeLessThanOrEqual(5_000)
    }
    expect(new Set(pauses).size).toBeGreaterThan(10)
    expect((await call(server, 'GET', 'action=events')).status).toBe(503)
  })
})

describe('the stream of a batch', () => {
  it('shows that batch alone, ends with it, and answers 204 to whoever has seen the end', async () => {
    const server = await started(makeReport)
    const other = await createReport(server)
    const { batchId, tasks } = await createBatch(server, 3)
    const followed = await follow(server, { query: `&batchId=${batchId}` })
    await followed.ended
    expect([...followed.view.values()].map(({ status }) => status)).toEqual(['completed', 'completed', 'completed'])
    expect([...followed.view.keys()].toSorted()).toEqual(tasks.map(({ taskId }) => taskId).toSorted())
    expect(followed.view.has(other)).toBe(false)
    expect(followed.events.at(-1)).toEqual({ event: 'end', data: {} })
    expect(named(followed).filter((name) => name === 'end')).toHaveLength(1)
    expect(followed.ids.at(-1)).toBe('end')

    const again = await follow(server, {
      headers: { 'x-user': 'ada', 'last-event-id': 'end' },
      query: `&batchId=${batchId}`,
    })
    expect({ status: again.status, events: again.events }).toEqual({ status: 204, events: [] })
  })

  it('holds all of it, also what ended long ago, and then ends at once', async () => {
    let now = Date.now()
    const server = await started(makeReport, { store: memoryStore({ now: () => now }) })
    now -= 3_600_000
    const { batchId } = await createBatch(server, 2)
    await until(async () =>
      expect(((await call(server, 'GET', `action=status&batchId=${batchId}`)).body as never)['batch']['status']).toBe(
        'completed',
      ),
    )
    now += 3_600_000
    const followed = await follow(server, { query: `&batchId=${batchId}` })
    await followed.ended
    expect(named(followed)).toEqual(['snapshot', 'end'])
    expect(followed.view.size).toBe(2)
  })

  it('answers the same for a foreign batch and for none', async () => {
    const server = await started(endless)
    const { batchId } = await createBatch(server, 1)
    const ask = (id: string) => call(server, 'GET', `action=events&batchId=${id}`, { user: 'linus' })
    const [foreign, unknown] = [await ask(batchId), await ask('0198-nobody')]
    expect(foreign.status).toBe(404)
    expect({ ...foreign.body, traceId: '' }).toEqual({ ...unknown.body, traceId: '' })
  })
})
