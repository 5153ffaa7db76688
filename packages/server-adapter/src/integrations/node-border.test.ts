import { createServer } from 'node:http'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { listen } from '../../proofs/fixtures/listen.js'
import { report, sampleOptions } from '../../proofs/fixtures/sample-tasks.js'
import { createTaskServer, type TaskServer } from '../create-task-server.js'
import { beginExchange, exchange } from '../testing/exchange.js'
import { queryOf } from './node-border.js'
import { toNode } from './node.js'

const json = { 'content-type': 'application/json', 'x-user': 'ada' }

/** Serves a server on Node's own HTTP, by the direct path unless its handler is wrapped. */
async function open(options: Parameters<typeof sampleOptions>[1] = {}, wrap = (server: TaskServer) => server) {
  const server = createTaskServer(sampleOptions(undefined, options))
  const { origin, close } = await listen(createServer(toNode(wrap(server))))
  onTestFinished(async () => {
    await server.stop()
    await close()
  })
  const url = (query: string) => `${origin}/api/jobs?${query}`
  return {
    url,
    create: (body: string) => exchange(url('action=create'), { method: 'POST', headers: json, pieces: [body] }),
  }
}

const refuse = async () => new Response('not today', { status: 403 })

describe('the query of a Node request', () => {
  it.each([
    '/api/jobs',
    '/api/jobs?',
    '/api/jobs?action=status&taskId=a%2Fb%20c&taskId=%C3%A9',
    '/api/jobs?a=%zz%&b=%ff%fe&c',
    '/api/jobs?a=1?b=2&&=3&+x=+y',
    '/api/jobs?a="<>`{}|^\\é',
    '/api/jobs?action=list#&action=create',
    'http://proxy.test/api/jobs?action=list',
    '//proxy.test?action=list',
    '*',
    '',
  ])('is that of its URL: %s', (address) => {
    const web = { url: new URL(address, 'http://app.test').href }
    expect([...queryOf({ url: address }, web)]).toEqual([...new URL(web.url).searchParams])
  })
})

describe('the direct path on Node', () => {
  it('answers without a web Response', async () => {
    const { url } = await open()
    const made = vi.spyOn(globalThis, 'Response')
    const { status } = await exchange(url('action=list'), { headers: json })
    expect(status).toBe(200)
    expect(made).not.toHaveBeenCalled()
    made.mockRestore()
  })

  it('is left to the handler of an app that wraps it, for the wrapper may check something', async () => {
    const { create } = await open({}, (server) => ({ ...server, handler: refuse }))
    expect(await create(JSON.stringify(report))).toMatchObject({ status: 403, body: 'not today' })
  })

  it('hands the whole request to `authenticate`', async () => {
    const seen: unknown[] = []
    const { url } = await open({
      authenticate({ method, url: address, headers }) {
        seen.push(method, address, headers.get('x-user'), [...headers.keys()].includes('x-user'))
        return null
      },
    })
    await exchange(url('action=list&limit=1'), { headers: json })
    expect(seen).toEqual(['GET', url('action=list&limit=1'), 'ada', true])
  })

  it('reads a body that `authenticate` has read in a clone, as signatures need it', async () => {
    const read: string[] = []
    const { create } = await open({
      async authenticate(request) {
        read.push(await request.clone().text())
        return { userId: 'ada', brandIds: '*' }
      },
    })
    const body = JSON.stringify(report)
    expect(await create(body)).toMatchObject({ status: 202 })
    expect(read).toEqual([body])
  })

  it('says so when `authenticate` has used the body up', async () => {
    const { create } = await open({
      async authenticate(request) {
        await request.text()
        return { userId: 'ada', brandIds: '*' }
      },
    })
    const { status, body } = await create(JSON.stringify(report))
    expect(status).toBe(400)
    expect(JSON.parse(body)).toMatchObject({ detail: expect.stringContaining('has read it') })
  })

  it('aborts the signal of a caller who leaves', async () => {
    const [begun, aborted] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const { url } = await open({
      authenticate({ signal }) {
        signal.addEventListener('abort', () => aborted.resolve())
        begun.resolve()
        return new Promise(() => {})
      },
    })
    const { request } = beginExchange(url('action=list'))
    request.end()
    await begun.promise
    request.destroy()
    await expect(aborted.promise).resolves.toBeUndefined()
  })

  it('notices that a caller leaves whose body was too long to be read', async () => {
    const server = createTaskServer(sampleOptions())
    const http = createServer(toNode(server))
    const { origin, close } = await listen(http)
    onTestFinished(async () => {
      await server.stop()
      await close()
    })
    const { request, response } = beginExchange(`${origin}/api/jobs?action=create`, { method: 'POST', headers: json })
    request.write(Buffer.alloc(32_000_000, ' '))
    expect((await response).statusCode).toBe(413)
    request.destroy()
    const countConnections = () =>
      new Promise((resolve, reject) => http.getConnections((error, count) => (error ? reject(error) : resolve(count))))
    await expect.poll(countConnections).toBe(0)
  })
})
