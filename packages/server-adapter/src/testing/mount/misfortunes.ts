import { expect, it } from 'vitest'
import { exchange } from '../exchange.js'
import type { MountInHand } from '../mount-conformance.js'

export function describeMisfortunes({ url, answer }: MountInHand): void {
  /** Whatever has happened, the next caller is served. */
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
    answer(async () => {
      let pieces = 0
      const body = new ReadableStream<Uint8Array>({
        pull(controller) {
          if (pieces++ === 0) controller.enqueue(new TextEncoder().encode('half'))
          else controller.error(new Error('broken on purpose'))
        },
      })
      return new Response(body)
    })
    await expect(exchange(url())).rejects.toMatchObject({ code: 'ECONNRESET' })
    await expectService()
  })

  it.each(['HEAD', 'OPTIONS'])('answers %s without content', async (method) => {
    answer(async () => new Response(method === 'HEAD' ? 'content' : null, { status: 405 }))
    const { status, body } = await exchange(url(), { method })
    // A framework may know an answer of its own, such as 204 to OPTIONS.
    expect([204, 405]).toContain(status)
    expect(body).toBe('')
    await expectService()
  })
}
