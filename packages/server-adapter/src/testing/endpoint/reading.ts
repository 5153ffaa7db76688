import { expect, it } from 'vitest'
import type { EndpointCaller } from './endpoint-caller.js'
import { reportInput } from './endpoint-tasks.js'

/** Status and headers, without the headers of the connection and of the body's coding. */
function toComparable({ status, headers }: Response): object {
  const {
    date: _date,
    connection: _connection,
    'keep-alive': _keepAlive,
    'transfer-encoding': _framing,
    'content-length': _length,
    'content-encoding': _coding,
    ...shown
  } = Object.fromEntries(headers)
  return { status, ...shown }
}

export function describeReading({ call, create, send, until }: EndpointCaller): void {
  it('says when to ask again while there is something to come, and not afterwards', async () => {
    const later = reportInput('completes', { runAt: new Date(Date.now() + 3_600_000).toISOString() })
    const { body } = await call('create', { body: later })
    const { taskId } = body.task
    const active = await call('status', { query: { taskId } })
    expect(active.body.pollAfterMs).toBeGreaterThan(0)
    expect(Number(active.headers.get('retry-after'))).toBeGreaterThan(0)

    await call('cancel', { body: { taskId } })
    const over = await call('status', { query: { taskId } })
    expect(over.body.pollAfterMs).toBeUndefined()
    expect(over.headers.has('retry-after')).toBe(false)
  })

  it.each([
    ['status', (taskId: string) => ({ taskId })],
    ['list', () => ({ limit: '1' })],
  ])('answers HEAD to %s as GET, without the body', async (action, query) => {
    const { taskId } = await until((await create()).taskId, { status: 'completed' })
    const [head, get] = [
      await send(action, { method: 'HEAD', query: query(taskId) }),
      await send(action, { query: query(taskId) }),
    ]
    expect(await head.text()).toBe('')
    expect(head.status).toBe(200)
    expect(toComparable(head)).toEqual(toComparable(get))
    // RFC 9110, section 9.3.2: HEAD has the length of GET's body, or no length.
    const { byteLength } = await get.arrayBuffer()
    expect([null, String(byteLength)]).toContain(head.headers.get('content-length'))
  })

  it('answers HEAD with the statuses of GET: nothing new, unknown, nobody', async () => {
    const { taskId } = await until((await create()).taskId, { status: 'completed' })
    const etag = (await call('status', { query: { taskId } })).headers.get('etag') ?? ''
    const head = { method: 'HEAD', query: { taskId } }
    expect((await call('status', { ...head, headers: { 'if-none-match': etag } })).status).toBe(304)
    expect((await call('status', { ...head, query: { taskId: 'nobody' } })).status).toBe(404)
    expect((await call('status', { ...head, user: null })).status).toBe(401)
  })

  it('reads many at once, each once and without its payload, and names those that are missing', async () => {
    const [one, two] = [await create(), await create()]
    const taskIds = [one.taskId, 'nobody', two.taskId, one.taskId].join(',')
    const { body } = await call('status', { query: { taskIds } })
    expect(body.tasks.map(({ taskId }) => taskId).toSorted()).toEqual([one.taskId, two.taskId].toSorted())
    expect(body.missing).toEqual(['nobody'])
    for (const task of body.tasks) expect(task).not.toHaveProperty('payload')
  })

  it('shows versions that grow, from the first to the last', async () => {
    const { taskId, version } = await create()
    const ended = await until(taskId, { status: 'completed' })
    expect(ended.version).toBeGreaterThan(version)
  })
}
