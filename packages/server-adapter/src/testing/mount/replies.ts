import { expect, it, vi } from 'vitest'
import { beginExchange, exchange } from '../exchange.js'
import type { MountInHand } from './mount-in-hand.js'

const encoder = new TextEncoder()
const eventStream = { 'content-type': 'text/event-stream', 'cache-control': 'private, no-store, no-transform' }
/** Far more than any buffer on the way holds: 256 MB in pieces of 64 kB. */
const ENDLESS = 4_000
const PIECE = new Uint8Array(64 * 1024)

export function describeReplies({ url, answer }: MountInHand): void {
  it('keeps its status, its headers and each of its cookies', async () => {
    const headers = new Headers({ 'content-type': 'application/problem+json', etag: '"v1"', 'retry-after': '2' })
    headers.append('set-cookie', 'a=1; Path=/')
    headers.append('set-cookie', 'b=2; Expires=Thu, 01 Jan 2032 00:00:00 GMT')
    answer(async () => new Response('{"detail":"Zoë"}', { status: 422, headers }))
    const reply = await exchange(url())
    expect(reply).toMatchObject({
      status: 422,
      body: '{"detail":"Zoë"}',
      headers: {
        'content-type': 'application/problem+json',
        etag: '"v1"',
        'retry-after': '2',
        'set-cookie': ['a=1; Path=/', 'b=2; Expires=Thu, 01 Jan 2032 00:00:00 GMT'],
      },
    })
  })

  it.each([204, 304])('may be %i, which has no body', async (status) => {
    answer(async () => new Response(null, { status, headers: { etag: '"v1"' } }))
    expect(await exchange(url())).toMatchObject({ status, headers: { etag: '"v1"' }, body: '' })
  })

  it('arrives piece by piece, each as soon as it is written', async () => {
    let controller!: ReadableStreamDefaultController<Uint8Array>
    const body = new ReadableStream<Uint8Array>({ start: (given) => void (controller = given) })
    answer(async () => new Response(body, { headers: eventStream }))
    // Browsers send this header with every request, and a compressing middleware would wait for more data.
    const { request, response } = beginExchange(url(), { headers: { 'accept-encoding': 'gzip, deflate, br' } })
    request.end()

    controller.enqueue(encoder.encode('event: snapshot\n\n'))
    const pieces = (await response).iterator() as AsyncIterator<Buffer>
    expect(String((await pieces.next()).value)).toBe('event: snapshot\n\n')
    controller.enqueue(encoder.encode('event: tasks\n\n'))
    expect(String((await pieces.next()).value)).toBe('event: tasks\n\n')
    controller.close()
    expect((await pieces.next()).done).toBe(true)
  })

  it('is produced no faster than the caller reads', async () => {
    let pulls = 0
    const body = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          if (++pulls === ENDLESS) controller.close()
          else controller.enqueue(PIECE)
        },
      },
      { highWaterMark: 0 },
    )
    answer(async () => new Response(body, { headers: { 'content-type': 'application/octet-stream' } }))
    const { request, response } = beginExchange(url())
    request.end()
    const message = await response
    message.pause()

    let before = -1
    await vi.waitFor(
      () => {
        const settled = pulls === before
        before = pulls
        expect(settled).toBe(true)
      },
      { timeout: 15_000, interval: 250 },
    )
    expect(pulls).toBeLessThan(ENDLESS / 2)
    request.destroy()
  })
}
