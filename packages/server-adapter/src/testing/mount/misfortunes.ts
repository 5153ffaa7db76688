import { expect, it } from 'vitest'
import { beginExchange, exchange } from '../exchange.js'
import type { MountInHand } from './mount-in-hand.js'

export function describeMisfortunes({ url, answer }: MountInHand): void {
  /** After each accident the next caller is still served. */
  async function expectService(): Promise<void> {
    answer(async () => new Response('still here'))
    expect((await exchange(url())).body).toBe('still here')
  }

  it('answers 500 when the server breaks its promise never to reject', async () => {
    answer(() => Promise.reject(new Error('broken on purpose')))
    expect((await exchange(url())).status).toBe(500)
    await expectService()
  })

  it('cuts a stream off that breaks, so that nobody takes it for complete', async () => {
    let controller!: ReadableStreamDefaultController<Uint8Array>
    const stream = new ReadableStream<Uint8Array>({ start: (given) => void (controller = given) })
    answer(async () => new Response(stream))
    const { request, response } = beginExchange(url())
    request.end()
    controller.enqueue(new TextEncoder().encode('half'))
    const pieces = (await response).iterator()
    expect(String((await pieces.next()).value)).toBe('half')
    controller.error(new Error('broken on purpose'))
    await expect(pieces.next()).rejects.toMatchObject({ code: 'ECONNRESET' })
    await expectService()
  })
}
