import { afterEach, describe, expect, it, vi } from 'vitest'
import { type Answer, createAnsweringServer, failureOf, input } from './answering-server.fixture.js'

const server = createAnsweringServer()
afterEach(() => vi.useRealTimers())

/** An answer that begins but never ends; `begun` resolves when the request arrives. */
function stall(start: Answer) {
  let arrive: () => void
  const begun = new Promise<void>((resolve) => {
    arrive = resolve
  })
  server.answer = (response, received) => {
    start(response, received)
    arrive()
  }
  return begun
}

describe('a request that nobody answers', () => {
  it.each([
    ['a read', 10_000, async () => server.open().getStatus('task-1')],
    ['a create', 30_000, async () => server.open().createBackgroundTask(input)],
  ])('ends %s with a network error after %i ms, not sooner', async (_name, timeoutMs, request) => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const begun = stall(() => {})
    let settled = false
    const failure = failureOf(request().finally(() => (settled = true)))
    await begun
    await vi.advanceTimersByTimeAsync(timeoutMs - 100)
    expect(settled).toBe(false)
    await vi.advanceTimersByTimeAsync(100)
    await expect(failure).resolves.toMatchObject({ code: 'network_error', retryable: true })
    expect((await failure).message).toContain(`${timeoutMs / 1_000} s`)
  })

  it('ends too when the head came and the body does not', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const outcome = { over: false }
    const begun = stall((response) => {
      response.writeHead(200, { 'content-type': 'application/json' })
      response.write('{"task":')
    })
    const failure = failureOf(server.open().getStatus('task-1'))
    await begun
    // The body's timer starts after the head was read. The test cannot see that moment, so it advances the clock
    // repeatedly.
    void failure.finally(() => (outcome.over = true))
    while (!outcome.over) {
      await vi.advanceTimersByTimeAsync(1_000)
      await new Promise((resolve) => setImmediate(resolve))
    }
    await expect(failure).resolves.toMatchObject({ code: 'network_error' })
  })
})

describe('a place without fetch', () => {
  it('says what to pass, and sends nothing', async () => {
    vi.stubGlobal('fetch', undefined)
    const failure = await failureOf(server.open({ fetch: undefined }).getStatus('task-1')).finally(vi.unstubAllGlobals)
    expect(failure).toMatchObject({ code: 'invalid_request', status: 0, retryable: false })
    expect(failure.message).toContain('createTaskService({ fetch })')
  })
})
