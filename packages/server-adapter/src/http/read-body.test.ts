import { describe, expect, it } from 'vitest'
import { readBody } from './read-body.js'
import { fromWeb } from './web-border.js'

const post = (body: ReadableStream<Uint8Array> | Uint8Array<ArrayBuffer>) =>
  fromWeb(new Request('http://app.test/', { method: 'POST', body, duplex: 'half' }))

const said = (headers: Record<string, string>) =>
  readBody(fromWeb(new Request('http://app.test/', { method: 'POST', body: '{}', headers })), 100)

describe('readBody', () => {
  it('counts the bytes of a body that does not say its length, and reads no more than it must', async () => {
    let chunks = 0
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        chunks++
        controller.enqueue(new Uint8Array(1_024).fill(32))
      },
    })
    await expect(readBody(post(endless), 10_000)).rejects.toMatchObject({ code: 'payload_too_large' })
    expect(chunks).toBeLessThan(20)
  })

  it('puts characters together that were cut apart on the way', async () => {
    const bytes = new TextEncoder().encode('{"name":"Zoë"}')
    const cut = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const byte of bytes) controller.enqueue(Uint8Array.of(byte))
        controller.close()
      },
    })
    expect(await readBody(post(cut), 100)).toBe('{"name":"Zoë"}')
  })

  it.each([
    { 'content-encoding': 'gzip' },
    { 'content-encoding': 'identity, br' },
    { 'content-encoding': 'X-UNKNOWN' },
    { 'content-type': 'application/json; charset=latin1' },
    { 'content-type': 'application/json;charset="UTF-16LE"' },
    { 'content-type': 'application/json; charset=utf-8; charset=iso-8859-1' },
    { 'content-type': 'text/plain; Charset = us-ascii' },
  ])('refuses what it would read as something else: %o', async (headers) => {
    await expect(said(headers)).rejects.toMatchObject({ code: 'unsupported_media_type', status: 415 })
  })

  it.each([
    { 'content-encoding': 'identity' },
    { 'content-encoding': '' },
    { 'content-type': 'application/json; charset=UTF-8' },
    { 'content-type': 'application/json;charset="utf8";x=1' },
  ])('reads plain UTF-8, however it is said: %o', async (headers) => {
    expect(await said(headers)).toBe('{}')
  })

  it('refuses bytes that are no UTF-8', async () => {
    await expect(readBody(post(Uint8Array.of(0xff, 0xfe)), 100)).rejects.toMatchObject({ code: 'invalid_request' })
  })
})
