import { LIMITS } from '@brandkit/core'
import { describe, expect, it } from 'vitest'
import { input } from '../answering-server.fixture.js'
import { setUpFakeServer as setUp } from './fake-server.fixture.js'

describe('a fake task server', () => {
  it('creates once under one key, and refuses another body under it', async () => {
    const { server, post } = setUp()
    const headers = { 'idempotency-key': 'click-1' }
    const [first, second] = [await post('create', input, { headers }), await post('create', input, { headers })]
    expect([first.status, second.body.task.taskId]).toEqual([202, first.body.task.taskId])
    expect(server.tasks()).toHaveLength(1)
    expect(await post('create', { ...input, priority: 'low' }, { headers })).toMatchObject({
      status: 422,
      body: { code: 'idempotency_key_reused' },
    })
    const other = await post('create', input, { headers, user: 'linus' })
    expect(other.body.task.taskId).not.toBe(first.body.task.taskId)
  })

  it('creates a batch whole or not at all, and tells of it as one thing', async () => {
    const { clock, server, send, post } = setUp()
    const bad = { ...input, payload: {} }
    expect(await post('create', { tasks: [input, bad] })).toMatchObject({ status: 422 })
    expect(server.tasks()).toEqual([])
    const { batchId, tasks } = (await post('create', { tasks: [input, input] })).body
    await post('cancel', { taskId: tasks[0].taskId })
    expect((await send(`action=status&batchId=${batchId}`)).body.batch).toMatchObject({
      total: 2,
      status: 'processing',
    })
    expect(
      (await post('cancel', { batchId })).body.outcomes.map((entry: { outcome: string }) => entry.outcome),
    ).toEqual(['cancelled', 'cancelled'])
    clock.advance(60_000)
    expect((await send(`action=status&batchId=${batchId}`)).body).toEqual({
      batch: expect.objectContaining({ progress: 100, status: 'cancelled' }),
    })
  })

  it.each(['status', 'cancel', 'retry', 'delete'])(
    'answers the same to %s of a foreign task as of none',
    async (action) => {
      const { send, post, create } = setUp()
      const { taskId } = await create()
      const ask = async (id: string) => {
        const { status, body } =
          action === 'status'
            ? await send(`action=status&taskId=${id}`, { user: 'linus' })
            : await post(action, { taskId: id }, { user: 'linus' })
        return { status, body: { ...body, traceId: '' } }
      }
      expect(await ask(taskId)).toEqual(await ask('nothing'))
      expect(await ask(taskId)).toMatchObject({ status: 404 })
    },
  )

  it('cancels what runs, once and for all, and says so of what is over', async () => {
    const { clock, server, post, create } = setUp()
    const [running, done] = [await create(), await create()]
    clock.advance(3_000)
    expect((await post('cancel', { taskId: running.taskId })).body.task.status).toBe('cancelled')
    expect((await post('cancel', { taskId: running.taskId })).status).toBe(200)
    clock.advance(60_000)
    expect(server.find(running.taskId).status).toBe('cancelled')
    expect(await post('cancel', { taskId: done.taskId })).toMatchObject({ status: 409, body: { code: 'task_is_over' } })
    const many = await post('cancel', { taskIds: [running.taskId, done.taskId, 'nothing'] })
    expect(many.body.outcomes.map((entry: { outcome: string }) => entry.outcome)).toEqual([
      'cancelled',
      'over',
      'missing',
    ])
  })

  it('retries as a new task, the same for asking twice, and only what has failed or was cancelled', async () => {
    const { clock, post, create } = setUp()
    const { taskId } = await create()
    expect(await post('retry', { taskId })).toMatchObject({ status: 409, body: { code: 'task_is_active' } })
    await post('cancel', { taskId })
    const [first, second] = [await post('retry', { taskId }), await post('retry', { taskId })]
    expect(first).toMatchObject({ status: 202, body: { task: { retryOf: taskId, status: 'queued', progress: 0 } } })
    expect(second.body.task.taskId).toBe(first.body.task.taskId)
    clock.advance(60_000)
    expect(await post('retry', { taskId: first.body.task.taskId })).toMatchObject({ status: 409 })
  })

  it('deletes what has ended: 410 from then on, and in no list', async () => {
    const { clock, send, post, create } = setUp()
    const { taskId } = await create()
    expect(await post('delete', { taskId })).toMatchObject({ status: 409, body: { code: 'task_is_active' } })
    clock.advance(60_000)
    expect(await post('delete', { taskId })).toMatchObject({ status: 200, body: { taskId } })
    expect(await send(`action=status&taskId=${taskId}`)).toMatchObject({ status: 410, body: { code: 'task_gone' } })
    expect((await send('action=list')).body.tasks).toEqual([])
  })

  it('pages through a list, newest first, by filter, without payloads', async () => {
    const { clock, send, post } = setUp()
    for (const brandId of ['aurora', 'borealis', 'aurora']) {
      await post('create', { ...input, brandId })
      clock.advance(1_000)
    }
    const first = (await send('action=list&limit=2')).body
    const second = (await send(`action=list&limit=2&cursor=${encodeURIComponent(first.nextCursor)}`)).body
    const all = [...first.tasks, ...second.tasks]
    expect(all.map(({ brandId }) => brandId)).toEqual(['aurora', 'borealis', 'aurora'])
    expect(second.nextCursor).toBeNull()
    expect(all.every((task) => !('payload' in task))).toBe(true)
    expect((await send('action=list&brandId=borealis&status=queued,processing')).body.tasks).toHaveLength(1)
    expect((await send('action=list&status=failed')).body.tasks).toEqual([])
    expect((await send('action=list', { user: 'linus' })).body.tasks).toEqual([])
    expect(await send('action=list&cursor=nonsense')).toMatchObject({ status: 400 })
  })

  it('answers 304 to what is known, and holds a waiting read back until there is news or its time is over', async () => {
    const { clock, send, create } = setUp({ scenario: { startAfterMs: 5_000 } })
    const { taskId } = await create()
    const etag = (await send(`action=status&taskId=${taskId}&wait=20`)).headers.get('etag') ?? ''
    const headers = { 'if-none-match': etag }
    expect((await send(`action=status&taskId=${taskId}`, { headers })).status).toBe(304)

    const early = send(`action=status&taskId=${taskId}&wait=3`, { headers })
    const late = send(`action=status&taskId=${taskId}&wait=20`, { headers })
    await Promise.resolve()
    await new Promise((resolve) => setImmediate(resolve))
    clock.advance(3_000)
    expect(await early).toMatchObject({ status: 304, body: null })
    clock.advance(3_000)
    expect(await late).toMatchObject({ status: 200, body: { task: { status: 'processing' } } })
  })

  it('tells when to ask again, and what it guesses, of what is under way alone', async () => {
    const { clock, send, create } = setUp({ scenario: { durationMs: 6_000 } })
    const [first, second] = [await create(), await create()]
    const reply = await send(`action=status&taskIds=${first.taskId},${second.taskId},nothing`)
    expect(reply.headers.get('retry-after')).toBe('1')
    expect(reply.body).toMatchObject({
      missing: ['nothing'],
      pollAfterMs: 1_000,
      hints: { [first.taskId]: { position: 1 }, [second.taskId]: { position: 2 } },
    })
    clock.advance(60_000)
    expect(Object.keys((await send(`action=status&taskId=${first.taskId}`)).body)).toEqual(['task'])
  })

  it('shows statistics to operators, of their tenant', async () => {
    const operator = { userId: 'grace', role: 'operator' as const }
    const { clock, send, create } = setUp({
      userOf: (request) => (request.headers.get('x-fake-user') === 'grace' ? operator : { userId: 'ada' }),
    })
    await create()
    clock.advance(10_000)
    await create()
    expect((await send('action=stats', { user: 'grace' })).body).toMatchObject({
      queued: 1,
      completed: 1,
      durations: { GENERATE_MEDIA_PLAN: { count: 1, medianMs: 6_000 } },
    })
    expect((await send('action=stats')).status).toBe(403)
    expect((await send('action=list', { user: 'grace' })).body.tasks).toHaveLength(2)
  })

  it.each([
    ['an unknown action', 'action=toString', {}, 400],
    ['a mutation by GET', 'action=cancel', {}, 405],
    ['the queue’s delivery', 'action=process', { method: 'POST', body: '{}' }, 404],
    [
      'another content type',
      'action=create',
      { method: 'POST', body: '{}', headers: { 'content-type': 'text/plain' } },
      415,
    ],
    ['broken JSON', 'action=create', { method: 'POST', body: '{' }, 400],
    ['an unknown field', 'action=create', { method: 'POST', body: JSON.stringify({ ...input, userId: 'eve' }) }, 400],
    ['an unknown type', 'action=create', { method: 'POST', body: JSON.stringify({ ...input, type: 'toString' }) }, 422],
    [
      'a bad payload',
      'action=create',
      { method: 'POST', body: JSON.stringify({ ...input, payload: { budget: -1 } }) },
      422,
    ],
    ['a parameter given twice', 'action=status&taskId=a&taskId=b', {}, 400],
    ['too many ids', `action=status&taskIds=${Array.from({ length: 101 }, (_, index) => index).join(',')}`, {}, 400],
    [
      'a long key',
      'action=create',
      { method: 'POST', body: JSON.stringify(input), headers: { 'idempotency-key': 'x'.repeat(201) } },
      400,
    ],
    [
      'another site',
      'action=create',
      { method: 'POST', body: JSON.stringify(input), headers: { 'sec-fetch-site': 'cross-site' } },
      403,
    ],
  ])('refuses %s with a problem document', async (_name, query, init, status) => {
    const { server, send } = setUp()
    const reply = await send(query, init)
    expect(reply).toMatchObject({ status, body: { status, code: expect.any(String), traceId: expect.any(String) } })
    expect(reply.headers.get('content-type')).toBe('application/problem+json')
    expect(server.tasks()).toEqual([])
  })

  it('refuses what is in the catalog and nobody serves', async () => {
    const { post } = setUp({ serves: ['GENERATE_TRENDS'] })
    expect(await post('create', input)).toMatchObject({ status: 422, body: { code: 'task_type_not_served' } })
  })

  it('says which method would have been right', async () => {
    const { send } = setUp()
    expect((await send('action=create')).headers.get('allow')).toBe('POST')
    expect((await send('action=list', { method: 'POST', body: '{}' })).headers.get('allow')).toBe('GET, HEAD')
  })

  it('answers 401 while nobody is signed in, and 403 for a brand that is not theirs', async () => {
    const { post } = setUp({ userOf: () => null })
    expect(await post('create', input)).toMatchObject({ status: 401, body: { code: 'unauthenticated' } })
    const limited = setUp({ userOf: () => ({ userId: 'ada', brandIds: ['borealis'] }) })
    expect(await limited.post('create', input)).toMatchObject({ status: 403, body: { code: 'forbidden' } })
  })

  it('keeps a payload out that is larger than the real server takes', async () => {
    const { post } = setUp()
    const payload = { ...input.payload, notes: 'x'.repeat(LIMITS.payloadBytes) }
    expect(await post('create', { ...input, payload })).toMatchObject({ status: 413 })
  })
})
