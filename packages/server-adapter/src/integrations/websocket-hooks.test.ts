import type { Peer } from 'crossws'
import { describe, expect, it, vi } from 'vitest'
import type { TaskStream, TaskStreamSink } from '../runtime/watching/task-stream.js'
import { toWebSocketHooks } from './websocket-hooks.js'

/** Opens a socket that records its calls, on a stream that exposes its sink. */
async function openSocket() {
  const sink = Promise.withResolvers<TaskStreamSink>()
  const stream = { pauseMs: 1_000, attach: vi.fn(sink.resolve), drain: vi.fn(), close: vi.fn() } satisfies TaskStream
  const hooks = toWebSocketHooks({ openEvents: async () => stream })
  const admitted = await hooks.upgrade?.(new Request('http://app.test/?action=events'))
  const socket = { bufferedAmount: 0, send: vi.fn(), close: vi.fn(), terminate: vi.fn() }
  const peer = { ...socket, context: (admitted as { context: Peer['context'] }).context } as unknown as Peer
  await hooks.open?.(peer)
  return { hooks, stream, peer, socket, sink: await sink.promise }
}

describe('toWebSocketHooks', () => {
  it('tells the stream how much the socket holds, and when it holds less', async () => {
    const { hooks, stream, peer, sink } = await openSocket()
    Object.assign(peer, { bufferedAmount: 5_000 })
    expect(sink.backlog()).toBe(5_000)
    await hooks.drain?.(peer)
    expect(stream.drain).toHaveBeenCalledOnce()
  })

  it('closes as planned when the stream is finished, and cuts off a reader that was too slow', async () => {
    const { socket, sink } = await openSocket()
    sink.send('beat', '{}')
    expect(socket.send).toHaveBeenCalledExactlyOnceWith('{"event":"beat","data":{}}')
    sink.close('finished')
    expect(socket.close).toHaveBeenCalledExactlyOnceWith(1_000)
    expect(socket.terminate).not.toHaveBeenCalled()
    const slow = await openSocket()
    slow.sink.close('dropped')
    expect(slow.socket.terminate).toHaveBeenCalledOnce()
  })

  it.each(['close', 'error'] as const)('frees the stream at the %s of the socket', async (hook) => {
    const { hooks, stream, peer } = await openSocket()
    await hooks[hook]?.(peer, {} as never)
    expect(stream.close).toHaveBeenCalledOnce()
  })
})
