import { expect, it } from 'vitest'
import type { OpenEndpoint } from './endpoint-caller.js'
import { beginExchange, exchange } from '../exchange.js'
import type { EndpointCaller } from './endpoint-caller.js'
import { reportInput } from './endpoint-tasks.js'

const ada = { authorization: 'Bearer ada' }
const json = { ...ada, 'content-type': 'application/json' }
const problem = 'application/problem+json'
const MEGABYTE = 1024 * 1024

/** The promises that only a real connection can show. */
export function describeTransporting(endpoint: () => OpenEndpoint, { create, call, read }: EndpointCaller): void {
  const url = (query: string) => `${endpoint().url}?${query}`

  it('refuses 10 MB in chunks with 413, having counted them itself', async () => {
    const { request, response } = beginExchange(url('action=create'), { method: 'POST', headers: json })
    const piece = Buffer.alloc(64 * 1024, 32)
    for (let sent = 0; sent < 10 * MEGABYTE; sent += piece.length) request.write(piece)
    request.end()
    const message = await response
    expect(message.statusCode).toBe(413)
    expect(message.headers['content-type']).toContain(problem)
    request.destroy()
  })

  it('refuses a body without end, before it has ended', async () => {
    const { request, response } = beginExchange(url('action=create'), { method: 'POST', headers: json })
    const piece = Buffer.alloc(64 * 1024, 32)
    const write = () => {
      while (!request.destroyed && request.write(piece));
    }
    request.on('drain', write)
    write()
    expect((await response).statusCode).toBe(413)
    request.destroy()
  })

  it('takes a body that arrives in pieces, with characters cut apart', async () => {
    const bytes = Buffer.from(JSON.stringify(reportInput('completes', { payload: { name: 'Zoë 🎈' } })))
    const pieces = [...bytes].map((byte) => Uint8Array.of(byte))
    const { status, body } = await exchange(url('action=create'), { method: 'POST', headers: json, pieces })
    expect(status).toBe(202)
    expect(JSON.parse(body)).toMatchObject({ task: { title: 'Report: Zoë 🎈' } })
  })

  it('outlives a caller who leaves in the middle of a body', async () => {
    const { request } = beginExchange(url('action=create'), {
      method: 'POST',
      headers: { ...json, 'content-length': '1000' },
    })
    await new Promise<void>((written) => void request.write('{"type":', () => written()))
    request.destroy()
    // A worker with a free slot claims the task in its insert.
    expect((await create()).status).toMatch(/^(queued|processing)$/)
  })

  it('sends an event as soon as there is one, though the caller would take it compressed', async () => {
    const { taskId } = await create('lasts')
    const { request, response } = beginExchange(url('action=events'), {
      headers: { ...ada, 'accept-encoding': 'gzip, deflate, br' },
    })
    request.end()
    const message = await response
    expect(message.headers['content-encoding']).toBeUndefined()
    message.setEncoding('utf8')
    let text = ''
    const arrived = (sign: string) =>
      new Promise<void>((resolve) => {
        const look = () => {
          if (text.includes(sign)) resolve()
        }
        message.on('data', look)
        look()
      })
    message.on('data', (piece: string) => (text += piece))
    await arrived(taskId)
    await call('cancel', { body: { taskId } })
    await arrived('"status":"cancelled"')
    request.destroy()
    expect(await read(taskId)).toMatchObject({ status: 'cancelled' })
  })

  it.each(['OPTIONS', 'PUT', 'DELETE', 'PATCH'])('answers %s without doing anything', async (method) => {
    const { status, headers, body } = await exchange(url('action=list'), { method, headers: ada })
    // A framework may answer by itself: 204 to OPTIONS, 404 or 405 to a request without a route.
    expect([204, 404, 405]).toContain(status)
    expect(headers['cache-control'] ?? 'no-store').not.toContain('public')
    expect(body).not.toContain('taskId')
  })

  it('believes neither Host nor X-Forwarded-Host, X-Forwarded-For or X-HTTP-Method-Override', async () => {
    const hostile = {
      ...json,
      host: 'evil.test',
      'x-forwarded-host': 'evil.test',
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-proto': 'javascript',
      'x-http-method-override': 'POST',
    }
    const { status, headers, body } = await exchange(url('action=list'), { headers: hostile })
    expect(status).toBe(200)
    expect(JSON.stringify(headers) + body).not.toContain('evil.test')
  })

  it.each([
    ['percent signs that mean nothing', 'action=status&taskId=%zz%'],
    ['bytes that are no UTF-8', 'action=status&taskId=%ff%fe'],
    ['an action given twice', 'action=list&action=create'],
    ['an id given twice', 'action=status&taskId=a&taskId=b'],
    ['a limit given 1,500 times', `action=list&${'limit=1&'.repeat(1_500)}`],
    ['no action at all', ''],
  ])('answers %s with a refusal', async (_, query) => {
    const { status, headers, body } = await exchange(url(query), { headers: ada })
    expect(status).toBeGreaterThanOrEqual(400)
    expect(status).toBeLessThan(500)
    expect(headers['content-type']).toContain(problem)
    expect(body).not.toMatch(/\bat .*:\d+|node_modules/)
  })

  it('ignores the path below it, since only the query says what is done', async () => {
    expect((await call('list', { query: { limit: '1' } })).status).toBe(200)
    const slash = await fetch(`${endpoint().url}/?action=list&limit=1`, { headers: ada })
    expect(slash.status).toBe(200)
  })
}
