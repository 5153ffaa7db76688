import { describe, expect, it } from 'vitest'
import { parseJsonObject, readBody } from './read-body.js'

const post = (body: ReadableStream<Uint8Array> | Uint8Array<ArrayBuffer>) =>
  new Request('http://app.test/', { method: 'POST', body, duplex: 'half' })

const object = (keys: number) => Object.fromEntries(Array.from({ length: keys }, (_, key) => [`k${key}`, key]))

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
    expect(parseJsonObject(await readBody(post(cut), 100))).toEqual({ name: 'Zoë' })
  })

  it('refuses bytes that are no UTF-8', async () => {
    await expect(readBody(post(Uint8Array.of(0xff, 0xfe)), 100)).rejects.toMatchObject({ code: 'invalid_request' })
  })
})

describe('parseJsonObject', () => {
  it('takes as many keys as a large batch has, and long lists', () => {
    expect(() => parseJsonObject(JSON.stringify({ a: object(10_000), b: object(9_000) }))).not.toThrow()
    expect(() => parseJsonObject(JSON.stringify({ a: Array.from({ length: 100_000 }, () => 0) }))).not.toThrow()
  })

  it('refuses more keys, also when each object has few', () => {
    const many = { a: Array.from({ length: 5_000 }, () => object(5)) }
    for (const body of [object(20_001), many])
      expect(() => parseJsonObject(JSON.stringify(body))).toThrow('more than 20000 keys')
  })

  it.each(['{"__proto__":{}}', '{"a":[{"b":{"__proto__":1}}]}', '{"\\u005f_proto__":{}}'])(
    'refuses a prototype, wherever it is and however it is written: %s',
    (text) => {
      expect(() => parseJsonObject(text)).toThrow('"__proto__"')
    },
  )
})
