import { describe, expect, it } from 'vitest'
import { problem, createAnsweringServer } from './answering-server.fixture.js'

const server = createAnsweringServer()

describe('an aborted request', () => {
  it('rejects with the AbortError, not with a TaskError, and logs no warning', async () => {
    const controller = new AbortController()
    server.answer = () => controller.abort()
    const error: unknown = await server
      .open()
      .getStatus('task-1', { signal: controller.signal })
      .catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(DOMException)
    expect(error).toMatchObject({ name: 'AbortError' })
    expect(server.lines.map(({ level }) => level)).toEqual(['info'])
  })

  it('is not sent when it was aborted before', async () => {
    await expect(server.open().getStatus('task-1', { signal: AbortSignal.abort() })).rejects.toMatchObject({
      name: 'AbortError',
    })
    expect(server.received).toHaveLength(0)
  })

  it('does not wait for headers or for a renewal that never come', async () => {
    const never = new Promise<never>(() => {})
    const first = new AbortController()
    const waiting = server.open({ headers: () => never }).getStatus('task-1', { signal: first.signal })
    first.abort()
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' })

    server.answer = problem('unauthenticated', 401)
    const second = new AbortController()
    const onUnauthenticated = () => {
      second.abort()
      return never
    }
    await expect(
      server.open({ onUnauthenticated }).getStatus('task-1', { signal: second.signal }),
    ).rejects.toMatchObject({
      name: 'AbortError',
    })
  })
})
