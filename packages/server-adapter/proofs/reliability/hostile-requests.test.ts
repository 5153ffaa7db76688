import { createServer } from 'node:http'
import { afterAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { toNode } from '../../src/integrations/node.js'
import { beginExchange, exchange } from '../../src/testing/exchange.js'
import { listen } from '../fixtures/listen.js'
import { call, createReport, linus, report, sampleServer, statusOf } from '../fixtures/sample-tasks.js'

const server = sampleServer()
afterAll(() => server.stop())

describe('a hostile request', () => {
  it('sees nothing more by the cursor of another user', async () => {
    for (let count = 0; count < 2; count += 1) await createReport(server)
    const { body } = await call(server, 'GET', 'action=list&limit=1')
    const cursor = encodeURIComponent((body as unknown as { nextCursor: string }).nextCursor)
    const foreign = await call(server, 'GET', `action=list&limit=1&cursor=${cursor}`, { user: linus.userId })
    expect(foreign).toMatchObject({ status: 200, body: { tasks: [], nextCursor: null } })
  })

  it('is told of an id once, however often it names it', async () => {
    const taskId = await createReport(server)
    const { body } = await call(server, 'GET', `action=status&taskIds=${taskId},${taskId},nobody,nobody`)
    expect(body).toMatchObject({ tasks: [{ taskId }], missing: ['nobody'] })
  })
})

describe('a request over HTTP', () => {
  it('is not led astray by a spoofed Host', async () => {
    const { origin, close } = await listen(createServer(toNode(server)))
    onTestFinished(close)
    const headers = { 'x-user': 'ada', host: 'evil.test', 'x-forwarded-host': 'evil.test' }
    const listed = await exchange(`${origin}/api/jobs?action=list`, { headers })
    const created = await exchange(`${origin}/api/jobs?action=create`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      pieces: [JSON.stringify(report)],
    })
    expect([listed.status, created.status]).toEqual([200, 202])
    expect(JSON.stringify([listed, created])).not.toContain('evil')
  })

  it('is refused when its 10 MB come in chunks', async () => {
    const { origin, close } = await listen(createServer(toNode(server)))
    onTestFinished(close)
    const { request, response } = beginExchange(`${origin}/api/jobs?action=create`, {
      method: 'POST',
      headers: { 'x-user': 'ada', 'content-type': 'application/json' },
    })
    for (let piece = 0; piece < 160; piece += 1) request.write(Buffer.alloc(64 * 1024, 32))
    request.end()
    expect((await response).statusCode).toBe(413)
    request.destroy()
  })
})

describe('a step whose name would be an event of its own', () => {
  it('fails its task, and becomes no step of it', async () => {
    const own = sampleServer(async ({ step }) => {
      await step('draft\n\nevent: x' as 'draft', () => [])
      return { reportId: 'r1', pages: 1 }
    })
    await own.start()
    const taskId = await createReport(own)
    await vi.waitFor(async () => expect((await statusOf(own, taskId)).status).toBe('failed'))
    const failed = await statusOf(own, taskId)
    expect(failed.errorCode).toBe('internal_error')
    expect(failed.steps?.map(({ key }) => key)).toEqual(['draft', 'print'])
    await own.stop()
  })
})
