import { createSeededRandom, isTerminal } from '@brandkit/core'
import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openPage } from './open-page.fixture.js'
import { createFakeTaskServer } from '@brandkit/server-adapter/testing/fake-server'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] }))
afterEach(() => void vi.useRealTimers())

/** A proxy's fault in one answer. */
const mischief = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('through' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('refuse' as const), status: fc.constantFrom(429, 500, 502, 504) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('drop' as const), isBefore: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('delay' as const), ms: fc.nat({ max: 20_000 }) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('buffer' as const), bytes: fc.nat({ max: 20_000 }) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('cut' as const), bytes: fc.nat({ max: 3_000 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('repeat' as const) }) },
)
type Mischief = typeof mischief extends fc.Arbitrary<infer M> ? M : never

const sleep = async (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/** A proxy with one drawn fault per answer. After the last, reads succeed, and all streams keep the last fault. */
function createProxy(
  server: typeof globalThis.fetch,
  { drawn, fate, random }: { drawn: readonly Mischief[]; fate: Mischief; random: () => number },
) {
  const plan = [...drawn]
  let last: { url: string; text: string; type: string } | undefined

  const fetch: typeof globalThis.fetch = async (resource, init) => {
    const request = new Request(resource, init)
    const isStream = request.url.includes('action=events')
    const next: Mischief = plan.shift() ?? (isStream ? fate : { kind: 'through' })
    if (next.kind === 'refuse') return new Response('<html>gateway</html>', { status: next.status })
    if (next.kind === 'drop' && next.isBefore) throw new TypeError('dropped')
    // Repeats an old answer to the same request, as a cache in front of the server may do.
    if (next.kind === 'repeat' && last?.url === request.url)
      return new Response(last.text, { headers: { 'content-type': last.type } })
    const response = await server(request)
    if (next.kind === 'drop') throw new TypeError('dropped')
    if (next.kind === 'delay') await sleep(next.ms)
    const type = response.headers.get('content-type') ?? ''
    if (!type.startsWith('text/event-stream')) {
      const text = await response.text()
      last = { url: request.url, text, type }
      if (next.kind === 'cut') return new Response(text.slice(0, next.bytes), response)
      return new Response(response.status === 204 ? null : text, response)
    }
    return new Response(response.body?.pipeThrough(toPipe(next, random)), response)
  }
  return { fetch }
}

/** The fault that affects a stream's bytes. */
function toPipe(done: Mischief, random: () => number): TransformStream<Uint8Array, Uint8Array> {
  let passed = 0
  let isMute = false
  return new TransformStream({
    async transform(chunk, controller) {
      // A buffering proxy delivers nothing from some byte on, perhaps from the first.
      isMute ||= done.kind === 'buffer' && passed + chunk.length > done.bytes
      if (isMute) return
      if (done.kind === 'delay') await sleep(done.ms / 10)
      if (done.kind === 'cut' && passed + chunk.length > done.bytes) {
        controller.enqueue(chunk.slice(0, done.bytes - passed))
        controller.error(new TypeError('cut'))
        return
      }
      passed += chunk.length
      // Splits the bytes at any place, and may repeat a whole message.
      const border = Math.floor(random() * chunk.length)
      controller.enqueue(chunk.slice(0, border))
      controller.enqueue(chunk.slice(border))
      if (done.kind === 'repeat') controller.enqueue(chunk)
    },
  })
}

const scenario = fc.record({
  startAfterMs: fc.nat({ max: 20_000 }),
  durationMs: fc.nat({ max: 90_000 }),
  failure: fc.option(fc.record({ attempts: fc.integer({ min: 1, max: 5 }) }), { nil: undefined }),
})

describe('a proxy between page and server, whatever it does', () => {
  it('changes nothing in what the page ends up seeing, and shows nothing backwards on the way', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(scenario, { minLength: 1, maxLength: 5 }),
        fc.array(mischief, { maxLength: 25 }),
        mischief,
        fc.array(fc.constantFrom('sleep', 'wake', 'pause', 'cut', 'cancel'), { maxLength: 8 }),
        fc.nat(),
        async (scenarios, drawn, fate, disturbances, seed) => {
          const random = createSeededRandom(seed)
          let created = 0
          const server = createFakeTaskServer({ scenario: () => scenarios[created++ % scenarios.length] ?? null })
          const page = openPage({ fetch: createProxy(server.fetch, { drawn, fate, random }).fetch, seed })

          // Another page created these tasks; this page only gets their ids.
          const direct = openPage({ fetch: server.fetch, stream: false })
          const ids: string[] = []
          for (const _ of scenarios) ids.push((await direct.service.createBackgroundTask(newTask)).taskId)
          page.follow(ids)
          for (const disturbance of disturbances) {
            await vi.advanceTimersByTimeAsync(3_000 + random() * 20_000)
            if (disturbance === 'sleep') vi.setSystemTime(Date.now() + 3_600_000)
            if (disturbance === 'pause') page.follower.pause()
            if (disturbance === 'cut') server.cutStreams()
            if (disturbance === 'cancel') await direct.service.cancelTask(ids[0] ?? '').catch(() => {})
            if (disturbance === 'wake' || disturbance === 'sleep' || disturbance === 'pause') page.follower.wake()
          }
          for (let minute = 0; minute < 15; minute += 1) await vi.advanceTimersByTimeAsync(60_000)

          expect([page.missing, page.backwards]).toEqual([[], []])
          for (const task of server.tasks()) {
            expect(isTerminal(task.status)).toBe(true)
            const { payload: _payload, ...listed } = task
            expect(page.view.get(task.taskId)).toMatchObject(listed)
          }
          expect(page.follower.msUntilDue()).toBe(false)
          expect(server.openStreams()).toBe(0)
          page.close()
        },
      ),
      { numRuns: 80 },
    )
  })
})

const newTask = {
  type: 'GENERATE_TRENDS',
  brandId: 'aurora',
  payload: { topic: 'Gardens' },
} as Parameters<ReturnType<typeof openPage>['service']['createBackgroundTask']>[0]
