import { once } from 'node:events'
import { createServer, type IncomingMessage, request as httpRequest } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeReport, report, sampleServer } from '../testing/sample-tasks.js'
import { toNode } from './node.js'

const server = sampleServer(makeReport)
const http = createServer(toNode(server))
let url = ''
beforeAll(async () => {
  await once(http.listen(0, '127.0.0.1'), 'listening')
  url = `http://127.0.0.1:${(http.address() as AddressInfo).port}/api/jobs`
})
afterAll(async () => {
  http.close()
  await server.stop()
})

describe('toNode', () => {
  it('serves the protocol over real HTTP', async () => {
    const created = await fetch(`${url}?action=create`, {
      method: 'POST',
      headers: { 'x-user': 'ada', 'content-type': 'application/json' },
      body: JSON.stringify(report),
    })
    expect(created.status).toBe(202)
    const { task } = (await created.json()) as { task: { taskId: string } }
    const read = await fetch(`${url}?action=status&taskId=${task.taskId}`, { headers: { 'x-user': 'ada' } })
    expect(await read.json()).toMatchObject({ task: { taskId: task.taskId, status: 'queued' } })
  })

  it('refuses 10 MB in chunks without taking them in', async () => {
    const request = httpRequest(`${url}?action=create`, {
      method: 'POST',
      headers: { 'x-user': 'ada', 'content-type': 'application/json' },
    })
    // The server hangs up on the rest of the body, which the writing side sees as a reset.
    request.on('error', () => {})
    const answered = once(request, 'response') as Promise<[IncomingMessage]>
    for (let i = 0; i < 160; i++) request.write(Buffer.alloc(64 * 1024, 32))
    request.end()
    const [response] = await answered
    expect(response.statusCode).toBe(413)
    response.resume()
  })

  it('is not led astray by a spoofed Host', async () => {
    const request = httpRequest(`${url}?action=list`, {
      headers: { 'x-user': 'ada', host: 'evil.test', 'x-forwarded-host': 'evil.test' },
    })
    request.end()
    const [response] = (await once(request, 'response')) as [IncomingMessage]
    expect(response.statusCode).toBe(200)
    let body = ''
    for await (const chunk of response) body += String(chunk)
    expect(body).not.toContain('evil')
  })
})
