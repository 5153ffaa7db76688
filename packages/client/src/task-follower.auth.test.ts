import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openPage } from './open-page.fixture.js'
import { createFakeTaskServer } from '@brandkit/server-adapter/testing/fake-server'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] }))
afterEach(() => void vi.useRealTimers())

const pass = async (ms: number) => vi.advanceTimersByTimeAsync(ms)

/** A server that accepts one token, and a page that may be able to renew its token. */
function setUp({ canRenew, stream }: { canRenew: boolean; stream: false | undefined }) {
  const state = { valid: 'first', token: 'first', renewals: 0 }
  const server = createFakeTaskServer({
    scenario: null,
    userOf: (request) => (request.headers.get('authorization') === state.valid ? { userId: 'ada' } : null),
  })
  const { taskId } = server.seed({ status: 'processing', progress: 10 })
  const page = openPage({
    fetch: server.fetch,
    stream,
    headers: () => ({ authorization: state.token }),
    onUnauthenticated: async () => {
      state.renewals += 1
      if (canRenew) state.token = state.valid
      return canRenew
    },
  })
  page.follow([taskId])
  /** Expires the current token, and notifies the open streams. */
  const expire = () => {
    state.valid = 'second'
    server.send({ event: 'unauthenticated', data: {} })
  }
  return { state, server, page, taskId, expire }
}

describe.each([
  ['by the stream', undefined],
  ['by polling', false as const],
])('credentials that expire while tasks are followed %s', (_name, stream) => {
  it('are renewed once, and nobody notices', async () => {
    const { state, server, page, taskId, expire } = setUp({ canRenew: true, stream })
    await pass(5_000)
    expire()
    server.change(taskId, { progress: 60 })
    await pass(60_000)
    expect(state.renewals).toBe(1)
    expect(page.view.get(taskId)).toMatchObject({ status: 'processing', progress: 60 })
    expect(page.states).not.toContain('auth-required')
    page.close()
  })

  it('and cannot be renewed are told as such, with no task shown as failed and no request more', async () => {
    const { state, server, page, taskId, expire } = setUp({ canRenew: false, stream })
    await pass(5_000)
    expire()
    server.change(taskId, { progress: 60 })
    await pass(60_000)
    expect(page.follower.connection.get().state).toBe('auth-required')
    expect(state.renewals).toBe(1)
    expect(page.view.get(taskId)?.status).toBe('processing')
    expect([page.missing, page.follower.msUntilDue()]).toEqual([[], false])
    const before = server.requests.length
    await pass(3_600_000)
    expect([server.requests.length, server.openStreams()]).toEqual([before, 0])

    // The user has signed in again.
    state.token = state.valid
    page.follower.wake()
    await pass(5_000)
    expect(page.view.get(taskId)?.progress).toBe(60)
    expect(page.states.at(-1)).toBe(stream === false ? 'polling' : 'live')
    page.close()
  })
})
