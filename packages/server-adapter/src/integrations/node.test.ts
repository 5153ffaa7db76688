import { createServer } from 'node:http'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { describe, expect, it, onTestFinished } from 'vitest'
import { beginExchange } from '../testing/exchange.js'
import { listen } from '../../proofs/fixtures/listen.js'
import { describeTaskEndpoint } from '../testing/endpoint-conformance.js'
import { openEndpoint } from '../testing/endpoint-server.js'
import { describeMount } from '../testing/mount-conformance.js'
import type { OpenMount } from '../testing/mount/mount-in-hand.js'
import type { FetchServer } from './fetch-server.js'
import { toNode } from './node.js'

async function openNode(server: FetchServer): Promise<OpenMount> {
  const { origin, close } = await listen(createServer(toNode(server)))
  return { url: `${origin}/app/api/jobs`, close }
}

describeMount('Node', openNode)
describeTaskEndpoint('Node', { open: () => openEndpoint(openNode), capabilities: ['sockets', 'operations'] })

const ACCEPTING = { 'accept-encoding': 'gzip, deflate, br' }
const text = JSON.stringify(Array.from({ length: 100 }, (_, index) => ({ taskId: `task-${index}`, status: 'queued' })))
const json =
  (content: string | null, more: Record<string, string> = {}) =>
  () =>
    new Response(content, {
      headers: {
        'content-type': 'application/json',
        etag: 'W/"1"',
        ...(content !== null && { 'content-length': String(Buffer.byteLength(content)) }),
        ...more,
      },
    })

/** Serves one answer and requests it with `node:http`, because `fetch` decompresses. */
async function ask(answer: () => Response, headers: Record<string, string> = ACCEPTING, method = 'GET') {
  const { origin, close } = await listen(createServer(toNode({ handler: async () => answer() })))
  onTestFinished(close)
  const { request, response } = beginExchange(origin, { method, headers })
  request.end()
  const message = await response
  const pieces: Buffer[] = []
  for await (const piece of message) pieces.push(piece as Buffer)
  return { headers: message.headers, bytes: Buffer.concat(pieces) }
}

describe('an answer on Node', () => {
  it.each([
    ['gzip, deflate, br', 'br', brotliDecompressSync],
    ['gzip', 'gzip', gunzipSync],
    ['br;q=0.1, gzip;q=0.9', 'gzip', gunzipSync],
  ])('of 1 KB and more is packed as the caller likes it best: %s', async (accepted, coding, unpack) => {
    const { headers, bytes } = await ask(json(text), { 'accept-encoding': accepted })
    expect(headers).toMatchObject({ 'content-encoding': coding, vary: 'Accept-Encoding', etag: 'W/"1"' })
    expect(headers['content-length'] ?? String(bytes.length)).toBe(String(bytes.length))
    expect(bytes.length).toBeLessThan(text.length / 4)
    expect(unpack(bytes).toString()).toBe(text)
  })

  it('is sent as it is to a caller who takes nothing else', async () => {
    for (const headers of [{}, { 'accept-encoding': 'identity' }, { 'accept-encoding': 'br;q=0, gzip;q=0' }]) {
      const reply = await ask(json(text), headers)
      expect(reply.headers['content-encoding']).toBeUndefined()
      expect(reply.headers.vary).toBe('Accept-Encoding')
      expect(reply.bytes.toString()).toBe(text)
    }
  })

  it.each([
    ['small', json('{"a":1}'), '{"a":1}'],
    ['packed already', json(text, { 'content-encoding': 'x-ours' }), text],
    ['not to be changed', json(text, { 'cache-control': 'no-transform' }), text],
    ['a picture', json(text, { 'content-type': 'image/png' }), text],
  ])('that is %s stays as it is', async (_, answer, expected) => {
    const before = answer().headers.get('content-encoding') ?? undefined
    const { headers, bytes } = await ask(answer)
    expect(headers['content-encoding']).toBe(before)
    expect(bytes.toString()).toBe(expected)
  })

  it('to HEAD says of GET what is known without packing', async () => {
    const [head, get] = [await ask(json(text), ACCEPTING, 'HEAD'), await ask(json(text))]
    expect(head.bytes).toHaveLength(0)
    expect(head.headers['content-length']).toBeUndefined()
    for (const name of ['vary', 'etag', 'content-type']) expect(head.headers[name]).toBe(get.headers[name])
    expect((await ask(json('{"a":1}'), ACCEPTING, 'HEAD')).headers['content-length']).toBe('7')
  })

  it('that is 304 says on what the answer depends', async () => {
    const { headers, bytes } = await ask(
      () => new Response(null, { status: 304, headers: { etag: 'W/"1"', vary: 'Origin' } }),
    )
    expect(bytes).toHaveLength(0)
    expect(headers).toMatchObject({ etag: 'W/"1"', vary: 'Origin, Accept-Encoding' })
  })

  it('that is a stream is never held back, whatever it forgets to say of itself', async () => {
    const { promise: opened, resolve } = Promise.withResolvers<ReadableStreamDefaultController<Uint8Array>>()
    const handler = async () =>
      new Response(new ReadableStream<Uint8Array>({ start: resolve }), {
        headers: { 'content-type': 'text/event-stream' },
      })
    const { origin, close } = await listen(createServer(toNode({ handler })))
    onTestFinished(close)
    const { request, response } = beginExchange(origin, { headers: ACCEPTING })
    request.end()
    const controller = await opened
    controller.enqueue(Buffer.from('data: 1\n\n'))
    const pieces = (await response).iterator() as AsyncIterator<Buffer>
    expect(String((await pieces.next()).value)).toBe('data: 1\n\n')
    controller.close()
    expect((await pieces.next()).done).toBe(true)
  })
})
