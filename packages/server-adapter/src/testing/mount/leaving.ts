import { expect, it } from 'vitest'
import { beginExchange, exchange } from '../exchange.js'
import type { MountInHand } from './mount-in-hand.js'

export function describeLeaving({ url, answer }: MountInHand): void {
  it('aborts the request that the server is still busy with', async () => {
    const [begun, aborted] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    answer(async ({ signal }) => {
      signal.addEventListener('abort', () => aborted.resolve())
      begun.resolve()
      await aborted.promise
      return new Response('nobody hears this')
    })
    const { request } = beginExchange(url())
    request.end()
    await begun.promise
    request.destroy()
    await expect(aborted.promise).resolves.toBeUndefined()
  })

  it('aborts and cancels the stream that was being written', async () => {
    const [aborted, cancelled] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    answer(async ({ signal }) => {
      signal.addEventListener('abort', () => aborted.resolve())
      const body = new ReadableStream<Uint8Array>({
        start: (controller) => controller.enqueue(new TextEncoder().encode(': here\n\n')),
        cancel: () => cancelled.resolve(),
      })
      return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
    })
    const { request, response } = beginExchange(url())
    request.end()
    await (await response).iterator().next()
    request.destroy()
    await expect(Promise.all([aborted.promise, cancelled.promise])).resolves.toBeDefined()
  })

  it('in the middle of a body ends the reading of it', async () => {
    const [begun, ended] = [Promise.withResolvers<unknown>(), Promise.withResolvers<string>()]
    answer(async (request) => {
      try {
        for await (const piece of request.body ?? []) begun.resolve(piece)
        ended.resolve('complete')
      } catch {
        ended.resolve('cut off')
      }
      return new Response(null, { status: 400 })
    })
    const { request } = beginExchange(url(), {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-length': '100' },
    })
    request.write('{"half":')
    await begun.promise
    request.destroy()
    expect(await ended.promise).toBe('cut off')

    answer(async () => new Response('still here'))
    expect((await exchange(url())).body).toBe('still here')
  })
}
