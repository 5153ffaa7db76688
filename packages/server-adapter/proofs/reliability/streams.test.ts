import { createServer, request as httpRequest, type IncomingMessage } from 'node:http'
import { once } from 'node:events'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { TaskServer } from '../../src/create-task-server.js'
import { toNode } from '../../src/integrations/node.js'
import { memoryStore } from '../../src/memory.js'
import type { TaskStore } from '../../src/store/task-store.js'
import type { TaskWatcher } from '../../src/store/task-watcher.js'
import { followEvents, type FollowedEvents } from '../../src/testing/follow-events.js'
import { listen } from '../fixtures/listen.js'
import { createReport, endless, type ReportGenerator, sampleServer, statusOf } from '../fixtures/sample-tasks.js'

/** A store that outlives its servers, as a database does, and reports which owners are watched. */
function lastingStore() {
  const store = memoryStore()
  let watcher: TaskWatcher | undefined
  const lasting: TaskStore = {
    ...store,
    close: async () => {},
    watch(given) {
      watcher = given
      return store.watch(given)
    },
  }
  return { lasting, owners: () => Array.from(watcher?.owners() ?? []) }
}

let world: ReturnType<typeof lastingStore>
let open: FollowedEvents[]
let stops: (() => Promise<void>)[]
beforeEach(() => {
  world = lastingStore()
  open = []
  stops = []
})
afterEach(async () => {
  await Promise.all(open.map((followed) => followed.close()))
  for (const stop of stops) await stop()
})

/** A server on the lasting store, over real HTTP. */
async function serve(generator: ReportGenerator = endless) {
  const server = sampleServer(generator, { store: world.lasting })
  const { origin, close } = await listen(createServer(toNode(server)))
  stops.push(async () => {
    await server.stop()
    await close()
  })
  return { server, url: `${origin}/api/jobs?action=events` }
}

async function follow(url: string): Promise<FollowedEvents> {
  const followed = followEvents(await fetch(url, { headers: { 'x-user': 'ada' } }))
  open.push(followed)
  return followed
}

const followMany = (count: number, url: string) => Promise.all(Array.from({ length: count }, () => follow(url)))
const until = (check: () => void) => vi.waitFor(check, { interval: 20 })
const waiting = (server: TaskServer, count: number) =>
  Promise.all(Array.from({ length: count }, () => createReport(server)))

describe('many readers over HTTP', () => {
  it('all receive a change, and leave nothing behind', async () => {
    const { server, url } = await serve()
    const readers = await followMany(200, url)
    const taskId = await createReport(server)
    await until(() => expect(readers.filter(({ view }) => !view.has(taskId))).toEqual([]))
    expect(world.owners()).toMatchObject([{ reach: 'own', tenantId: 'acme', userId: 'ada' }])
    await Promise.all(readers.map((reader) => reader.close()))
    await until(() => expect(world.owners()).toEqual([]))
  })

  it('are sent away at a restart, each for a time of its own, and know everything when they are back', async () => {
    const before = await serve()
    const readers = await followMany(500, before.url)
    const [seen] = await waiting(before.server, 1)
    await until(() => expect(readers.filter(({ view }) => !view.has(seen!))).toEqual([]))
    await before.server.stop()
    await Promise.all(readers.map(({ ended }) => ended))

    // Readers whose connection broke instead use `retry:`.
    for (const pauses of [readers.map(({ retryMs }) => retryMs ?? NaN), readers.map(lastPause)]) {
      const perSecond = [1, 2, 3, 4].map((second) => pauses.filter((ms) => Math.floor(ms / 1_000) === second).length)
      // 125 are expected in each second; fewer than 70 occur by chance once in ten million runs.
      for (const count of perSecond) expect(count).toBeGreaterThan(70)
    }

    const after = await serve()
    const [missed] = await waiting(after.server, 1)
    const back = await followMany(500, after.url)
    await until(() => {
      for (const { view } of back) expect([...view.keys()].toSorted()).toEqual([seen!, missed!].toSorted())
    })
  })

  it('cost a slow one the versions between, and never the last', async () => {
    const text = 'x'.repeat(50_000)
    const { server, url } = await serve()
    const ids = await waiting(server, 10)
    const request = httpRequest(url, { headers: { 'x-user': 'ada' }, agent: false })
    request.end()
    const [response] = (await once(request, 'response')) as [IncomingMessage]
    // The slow reader takes nothing until the end.
    response.pause()

    const leases = await Promise.all(
      ids.map(async (taskId) => {
        const claim = await world.lasting.claim({ taskId, knownTypes: ['MAKE_REPORT'], leaseMs: 600_000 })
        if (claim.outcome !== 'claimed') throw new Error(claim.outcome)
        return claim.lease
      }),
    )
    const steady = await follow(url)
    const rounds = 30
    for (let round = 1; round <= rounds; round += 1) {
      await Promise.all(leases.map((lease) => world.lasting.report(lease, { partialResult: { round, text } })))
      // The steady reader shows when this round has been sent.
      await until(() => {
        for (const taskId of ids) expect(steady.view.get(taskId)).toMatchObject({ partialResult: { round } })
      })
    }

    let bytes = 0
    const slow = followEvents(
      new Response(
        new ReadableStream<Uint8Array>({
          async start(controller) {
            for await (const piece of response as AsyncIterable<Uint8Array>) {
              bytes += piece.length
              controller.enqueue(piece)
            }
          },
          cancel: () => void request.destroy(),
        }),
      ),
    )
    open.push(slow)
    for (const taskId of ids) {
      const { version } = await statusOf(server, taskId)
      await until(() => expect(slow.view.get(taskId)).toMatchObject({ version, partialResult: { round: rounds } }))
    }
    expect(bytes).toBeLessThan((rounds * ids.length * text.length) / 2)
  })
})

function lastPause({ events }: FollowedEvents): number {
  const last = events.at(-1)
  return last?.event === 'reconnect' ? last.data.afterMs : NaN
}
