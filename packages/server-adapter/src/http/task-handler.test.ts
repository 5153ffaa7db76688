import { LIMITS } from '@brandkit/core'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { call, createReport, linus, report, sampleServer, statusOf } from '../../proofs/fixtures/sample-tasks.js'

const server = sampleServer()
afterAll(() => server.stop())

const create = (body: unknown, headers: Record<string, string> = {}) =>
  call(server, 'POST', 'action=create', { body, headers })

describe('the /api/jobs handler', () => {
  it('answers 202 with the task, where to read it and when to ask again', async () => {
    const { status, headers, body } = await create(report)
    expect(status).toBe(202)
    expect(headers.get('location')).toBe(`?action=status&taskId=${body.task.taskId}`)
    expect(headers.get('retry-after')).toBe('1')
    expect(headers.get('cache-control')).toBe('private, no-store')
    expect(body.task).toMatchObject({
      type: 'MAKE_REPORT',
      status: 'queued',
      userId: 'ada',
      createdBy: 'ada',
      progress: 0,
      priority: 'normal',
    })
    expect(body.task).not.toHaveProperty('tenantId')
    expect(body.task).not.toHaveProperty('epoch')
  })

  it('creates a batch whole or not at all', async () => {
    const bad = await create({ tasks: [report, { ...report, payload: {} }] })
    expect(bad).toMatchObject({ status: 422, body: { code: 'invalid_payload' } })
    const { status, body } = await create({ tasks: [report, report] })
    expect(status).toBe(202)
    expect(
      new Set((body as unknown as { tasks: { batchId: string }[] }).tasks.map(({ batchId }) => batchId)).size,
    ).toBe(1)
  })

  it('takes the owner from the session, never from the body', async () => {
    expect(await create({ ...report, userId: 'linus' })).toMatchObject({
      status: 400,
      body: { code: 'invalid_request' },
    })
  })

  it('gives no more priority and retries than principal and type allow', async () => {
    const { body } = await create({ ...report, priority: 'high', maxRetries: 10 })
    expect(body.task).toMatchObject({ priority: 'normal', maxRetries: 2 })
    expect((await create({ ...report, priority: 'low', maxRetries: 0 })).body.task).toMatchObject({
      priority: 'low',
      maxRetries: 0,
    })
  })

  it('creates once under one idempotency key, and refuses the key for another request', async () => {
    const headers = { 'idempotency-key': 'key-1' }
    const first = await create(report, headers)
    expect((await create(report, headers)).body.task.taskId).toBe(first.body.task.taskId)
    expect(await create({ ...report, payload: { name: 'June' } }, headers)).toMatchObject({
      status: 422,
      body: { code: 'idempotency_key_reused' },
    })
  })

  it('reads many tasks at once and names the missing ones', async () => {
    const ids = [await createReport(server), await createReport(server)]
    const { body } = await call(server, 'GET', `action=status&taskIds=${ids.join(',')},nobody`)
    expect(body).toMatchObject({ missing: ['nobody'], pollAfterMs: 1_000 })
    expect((body as unknown as { tasks: { taskId: string }[] }).tasks.map(({ taskId }) => taskId).toSorted()).toEqual(
      ids.toSorted(),
    )
  })

  it('lists newest first, page by page, without payloads', async () => {
    const own = sampleServer()
    const ids: string[] = []
    for (let i = 0; i < 3; i++) ids.push(await createReport(own))
    const first = await call(own, 'GET', 'action=list&limit=2')
    const page = first.body as unknown as { tasks: { taskId: string }[]; nextCursor: string }
    expect(page.tasks.map(({ taskId }) => taskId)).toEqual([ids[2], ids[1]])
    expect(page.tasks[0]).not.toHaveProperty('payload')
    const second = await call(own, 'GET', `action=list&limit=2&cursor=${encodeURIComponent(page.nextCursor)}`)
    expect(second.body).toMatchObject({ tasks: [{ taskId: ids[0] }], nextCursor: null })
    await own.stop()
  })

  it('answers the same for a foreign task and for none', async () => {
    const taskId = await createReport(server)
    for (const [method, query, body] of [
      ['GET', 'action=status&taskId=', undefined],
      ['POST', 'action=cancel', true],
    ] as const) {
      const ask = (id: string) =>
        call(server, method, body ? query : query + id, { user: 'linus', ...(body && { body: { taskId: id } }) })
      const [foreign, unknown] = [await ask(taskId), await ask('0198-nobody')]
      expect(foreign.status).toBe(404)
      expect({ ...foreign.body, traceId: '' }).toEqual({ ...unknown.body, traceId: '' })
    }
    expect((await call(server, 'GET', 'action=list', { user: linus.userId })).body).toEqual({
      tasks: [],
      nextCursor: null,
    })
    expect((await statusOf(server, taskId)).status).toBe('queued')
  })

  it('cancels once, and gives the same answer when asked again', async () => {
    const taskId = await createReport(server)
    const cancel = () => call(server, 'POST', 'action=cancel', { body: { taskId } })
    const [first, second] = [await cancel(), await cancel()]
    expect(first.body.task.status).toBe('cancelled')
    expect(second.body.task).toEqual(first.body.task)
  })

  it('refuses to cancel what has ended otherwise', async () => {
    const own = sampleServer()
    await own.start()
    const taskId = await createReport(own)
    await vi.waitFor(async () => expect((await statusOf(own, taskId)).status).toBe('completed'))
    expect(await call(own, 'POST', 'action=cancel', { body: { taskId } })).toMatchObject({
      status: 409,
      body: { code: 'task_is_over' },
    })
    await own.stop()
  })

  it.each([
    ['an unknown action', 'GET', 'action=explode', {}, 400, 'unknown_action'],
    ['no action', 'GET', '', {}, 400, 'unknown_action'],
    ['an action that every object has', 'GET', 'action=constructor', {}, 400, 'unknown_action'],
    ['a mutation by GET', 'GET', 'action=create', {}, 405, 'method_not_allowed'],
    ['a read by POST', 'POST', 'action=status', { body: {} }, 405, 'method_not_allowed'],
    ['nobody', 'GET', 'action=list', { user: null }, 401, 'unauthenticated'],
    ['a stranger', 'GET', 'action=list', { user: 'eve' }, 401, 'unauthenticated'],
    ['no id', 'GET', 'action=status', {}, 400, 'invalid_request'],
    ['an empty id', 'GET', 'action=status&taskId=', {}, 400, 'invalid_request'],
    ['an id given twice', 'GET', 'action=status&taskId=a&taskId=b', {}, 400, 'invalid_request'],
    [
      'too many ids',
      'GET',
      `action=status&taskIds=${Array.from({ length: 10_000 }, (_, i) => i).join(',')}`,
      {},
      400,
      'invalid_request',
    ],
    [
      'a hostile id',
      'GET',
      `action=status&taskId=${encodeURIComponent("' or 1=1 --\u0000")}`,
      {},
      404,
      'task_not_found',
    ],
    ['an unknown id', 'GET', 'action=status&taskId=nobody', {}, 404, 'task_not_found'],
    ['a limit of a billion', 'GET', 'action=list&limit=1e9', {}, 400, 'invalid_request'],
    ['a negative limit', 'GET', 'action=list&limit=-1', {}, 400, 'invalid_request'],
    ['no number as limit', 'GET', 'action=list&limit=NaN', {}, 400, 'invalid_request'],
    ['a tampered cursor', 'GET', 'action=list&cursor=%00zzz', {}, 400, 'invalid_request'],
    [
      'another content type',
      'POST',
      'action=create',
      { body: 'x', headers: { 'content-type': 'text/plain' } },
      415,
      'unsupported_media_type',
    ],
    ['broken JSON', 'POST', 'action=create', { body: '{"type":' }, 400, 'invalid_request'],
    ['a JSON array', 'POST', 'action=create', { body: [] }, 400, 'invalid_request'],
    [
      'a body nested ten thousand deep',
      'POST',
      'action=create',
      { body: `{"a":${'['.repeat(10_000)}${']'.repeat(10_000)}}` },
      400,
      'invalid_request',
    ],
    [
      'a prototype in the payload',
      'POST',
      'action=create',
      { body: '{"payload":{"__proto__":{"admin":true}}}' },
      400,
      'invalid_request',
    ],
    ['an unknown type', 'POST', 'action=create', { body: { ...report, type: 'MAKE_TEA' } }, 422, 'unknown_task_type'],
    [
      'a type that every object has',
      'POST',
      'action=create',
      { body: { ...report, type: 'toString' } },
      422,
      'unknown_task_type',
    ],
    [
      'the prototype as a type',
      'POST',
      'action=create',
      { body: { ...report, type: '__proto__' } },
      422,
      'unknown_task_type',
    ],
    [
      'a type that nobody serves',
      'POST',
      'action=create',
      { body: { ...report, type: 'UNSERVED', payload: {} } },
      422,
      'task_type_not_served',
    ],
    ['a foreign brand', 'POST', 'action=create', { body: { ...report, brandId: 'borealis' } }, 403, 'forbidden'],
    [
      'a NUL in the payload',
      'POST',
      'action=create',
      { body: { ...report, payload: { name: 'a\u0000b' } } },
      422,
      'invalid_payload',
    ],
    [
      'an oversize payload',
      'POST',
      'action=create',
      { body: { ...report, payload: { name: 'x'.repeat(LIMITS.payloadBytes) } } },
      413,
      'payload_too_large',
    ],
    [
      'an oversize body',
      'POST',
      'action=create',
      { body: { ...report, payload: { name: 'x'.repeat(4_000_000) } } },
      413,
      'payload_too_large',
    ],
    [
      'an idempotency key of 10,000 characters',
      'POST',
      'action=create',
      { body: report, headers: { 'idempotency-key': 'k'.repeat(10_000) } },
      400,
      'invalid_request',
    ],
    [
      'a cross-site post with a cookie',
      'POST',
      'action=create',
      { body: report, headers: { 'sec-fetch-site': 'cross-site', origin: 'https://evil.test', cookie: 'session=ada' } },
      403,
      'cross_site_request',
    ],
  ] as const)('refuses %s', async (_, method, query, options, status, code) => {
    const response = await call(server, method, query, options)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(response).toMatchObject({
      status,
      body: {
        status,
        code,
        type: `https://brandkit.dev/problems/${code}`,
        traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
      },
    })
    expect(JSON.stringify(response.body)).not.toMatch(/\bat .*:\d+|node_modules|select |\/packages\//i)
  })

  it('says which field of a payload is wrong, and why', async () => {
    const { body } = await create({ ...report, payload: { name: '', colour: 'red' } })
    const { issues, detail } = body as unknown as { issues: { path: string[]; message: string }[]; detail: string }
    expect(issues.map(({ path }) => path.join('.'))).toEqual(['payload.name', 'payload'])
    expect(issues[1]?.message).toContain('colour')
    expect(detail).toContain('payload.name: ')
  })

  it('says which field of a request is missing, though a request has two forms', async () => {
    const { body } = await create({ type: 'MAKE_REPORT', payload: {} })
    expect(body).toMatchObject({ code: 'invalid_request', issues: [{ path: ['brandId'] }] })
  })

  it('takes posts from its own pages and from allowed origins', async () => {
    expect((await create(report, { 'sec-fetch-site': 'same-origin' })).status).toBe(202)
    const open = sampleServer(undefined, { allowedOrigins: ['https://app.example'] })
    const headers = { 'sec-fetch-site': 'cross-site', origin: 'https://app.example' }
    expect((await call(open, 'POST', 'action=create', { body: report, headers })).status).toBe(202)
    await open.stop()
  })

  it('shows nothing of an unexpected failure but a trace id', async () => {
    const broken = sampleServer(undefined, { authenticate: () => Promise.reject(new Error('LDAP password: hunter2')) })
    const { status, body } = await call(broken, 'GET', 'action=list')
    expect(status).toBe(500)
    expect(JSON.stringify(body)).not.toContain('hunter2')
  })
})
