import { expect, it } from 'vitest'
import { beginExchange, exchange } from '../exchange.js'
import type { MountInHand } from './mount-in-hand.js'

const json = { 'content-type': 'application/json' }

export function describeRequests({ url, answer }: MountInHand): void {
  it('arrives with its method, whole address and headers', async () => {
    answer(async ({ method, url: asked, headers }) =>
      Response.json({ method, asked, token: headers.get('authorization'), list: headers.get('x-list') }),
    )
    const query = '?action=status&taskId=a%2Fb%20c&taskId=%C3%A9'
    const { body } = await exchange(url() + query, {
      headers: { authorization: 'Bearer ada', 'x-list': ['one', 'two'] },
    })
    const { asked, ...rest } = JSON.parse(body) as { asked: string }
    expect(rest).toEqual({ method: 'GET', token: 'Bearer ada', list: 'one, two' })
    expect(new URL(asked).pathname).toBe(new URL(url()).pathname)
    // A framework may rewrite the query if its meaning stays the same.
    expect([...new URL(asked).searchParams]).toEqual([...new URLSearchParams(query)])
  })

  it('reaches the server with a slash at the end as well', async () => {
    answer(async (request) => Response.json({ body: await request.text() }))
    // With `fetch`, because a framework may redirect to the address without the slash.
    const response = await fetch(`${url()}/?action=create`, { method: 'POST', headers: json, body: '{"a":1}' })
    expect(await response.json()).toEqual({ body: '{"a":1}' })
  })

  it.each([
    ['spaced out', '{ "name" :\n\t"Zoë",\r\n "a":1.0 }\n'],
    ['broken', '{"name":'],
    ['empty', ''],
  ])('keeps every byte of a body, for signatures cover them: $0', async (_, text) => {
    answer(async (request) => Response.json({ body: await request.text() }))
    const { body } = await exchange(`${url()}?action=process`, { method: 'POST', headers: json, pieces: [text] })
    expect(JSON.parse(body)).toEqual({ body: text })
  })

  it('keeps a body that is no JSON', async () => {
    answer(async (request) => Response.json({ bytes: [...new Uint8Array(await request.arrayBuffer())] }))
    const { body } = await exchange(url(), {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      pieces: [Uint8Array.of(0, 255, 254, 13, 10)],
    })
    expect(JSON.parse(body)).toEqual({ bytes: [0, 255, 254, 13, 10] })
  })

  it('is handed over before its body is complete, so that the server can refuse the rest', async () => {
    const begun = Promise.withResolvers<string>()
    answer(async (request) => {
      const decoder = new TextDecoder()
      let text = ''
      for await (const piece of request.body ?? []) {
        text += decoder.decode(piece, { stream: true })
        begun.resolve(text)
      }
      return new Response(text)
    })
    const { request, response } = beginExchange(url(), { method: 'POST', headers: json })
    request.write('{"first":1,')
    expect(await begun.promise).toBe('{"first":1,')
    request.end('"second":2}')
    let body = ''
    for await (const piece of await response) body += String(piece)
    expect(body).toBe('{"first":1,"second":2}')
  })

  it('is answered when its body is too long, without having been taken in', async () => {
    let bytes = 0
    answer(async (request) => {
      for await (const piece of request.body ?? []) {
        bytes += piece.byteLength
        if (bytes > 1_000_000) break
      }
      return new Response('too long', { status: 413 })
    })
    const { request, response } = beginExchange(url(), { method: 'POST', headers: json })
    for (let piece = 0; piece < 160; piece++) request.write(Buffer.alloc(64 * 1024, 32))
    request.end()
    expect((await response).statusCode).toBe(413)
    request.destroy()
    expect(bytes).toBeLessThan(1_200_000)
  })

  it('may be a preflight, which the server answers itself', async () => {
    answer(
      async ({ method, headers }) =>
        new Response(null, {
          status: 204,
          headers: { 'x-method': method, 'access-control-allow-origin': headers.get('origin') ?? '' },
        }),
    )
    const headers = { origin: 'https://app.example', 'access-control-request-method': 'POST' }
    const reply = await exchange(`${url()}?action=create`, { method: 'OPTIONS', headers })
    expect(reply).toMatchObject({
      status: 204,
      headers: { 'x-method': 'OPTIONS', 'access-control-allow-origin': 'https://app.example' },
    })
  })

  it('may be HEAD, whose reply has no content', async () => {
    answer(async () => new Response('content', { status: 405, headers: { allow: 'GET' } }))
    const reply = await exchange(url(), { method: 'HEAD' })
    expect(reply).toMatchObject({ status: 405, headers: { allow: 'GET' }, body: '' })
  })
}
