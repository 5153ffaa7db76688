import { silentLogger, type TaskJson } from '@brandkit/core'
import { PGlite } from '@electric-sql/pglite'
import * as fc from 'fast-check'
import { randomInt } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TaskServer } from '../create-task-server.js'
import { memoryStore } from '../memory.js'
import { postgresStore } from '../postgres.js'
import type { Principal } from '../principal.js'
import type { TaskStore } from '../store/task-store.js'
import { hostilePrincipal, VICTIM } from '../testing/fuzz/hostile-principal.js'
import { recordingSink } from '../testing/recording-sink.js'
import { call, report, sampleServer } from '../testing/sample-tasks.js'

const SECRET = 'secret-of-ada'
const ada: Principal = { tenantId: VICTIM.tenantId, userId: VICTIM.userId, brandIds: [VICTIM.brandId] }

/** A server on a store of its own, where the caller is whatever was drawn last, and two tasks of Ada: one waits, one has ended. */
async function openWorld(store: TaskStore) {
  const asked = { caller: null as unknown }
  // Never started, so that every task stays as the callers leave it.
  const server = sampleServer(undefined, {
    store,
    authenticate: () => asked.caller as Principal,
    logger: silentLogger,
    // Keeps lists short. A create beyond it has passed every check of its caller.
    limits: { activePerUser: 2 },
  })
  const wire = server.as(ada)
  asked.caller = ada
  const task = { ...report, brandId: VICTIM.brandId, payload: { name: SECRET } }
  const created = await call(server, 'POST', 'action=create', { body: { tasks: [task, task] } })
  const { batchId, tasks } = created.body as unknown as { batchId: string; tasks: TaskJson[] }
  const [waiting, ended] = tasks
  await wire.cancel(ended!.taskId)
  const victims = { batchId, waiting: waiting!.taskId, ended: ended!.taskId }
  return { server, asked, victims, untouched: JSON.stringify(await wire.getBatch(batchId)) }
}

type World = Awaited<ReturnType<typeof openWorld>>

/** Everything that a caller can ask, and what was answered, without what differs from store to store: ids and times. */
async function askEverything({ server, asked, victims }: World, caller: unknown) {
  asked.caller = caller
  const get = (query: string) => call(server, 'GET', query)
  const post = (action: string, body: object) => call(server, 'POST', `action=${action}`, { body })
  const answers = {
    list: await get('action=list&limit=100'),
    status: await get(`action=status&taskId=${victims.waiting}`),
    statuses: await get(`action=status&taskIds=${victims.waiting},${victims.ended}`),
    batch: await get(`action=status&batchId=${victims.batchId}`),
    cancel: await post('cancel', { taskId: victims.waiting }),
    cancelBatch: await post('cancel', { batchId: victims.batchId }),
    retry: await post('retry', { taskId: victims.ended }),
    delete: await post('delete', { taskId: victims.ended }),
    create: await post('create', { ...report, brandId: 'a' }),
    stats: await get('action=stats'),
  }
  const text = JSON.stringify([answers, await followEvents(server)])
  const inProcess = {
    list: await settled(() => server.as(caller as Principal).list()),
    cancel: await settled(() => server.as(caller as Principal).cancel(victims.waiting)),
    create: await settled(() => server.tasks.create(caller as Principal, { ...report, brandId: 'a' })),
  }
  const statuses = Object.fromEntries(
    Object.entries(answers).map(([name, { status, body }]) => [name, [status, (body as { code?: string }).code]]),
  )
  return { text, statuses, inProcess }
}

async function followEvents(server: TaskServer): Promise<unknown> {
  const stream = await server.openEvents(new Request('http://app.test/api/jobs?action=events'))
  if (stream instanceof Response) return stream.status
  const sink = recordingSink()
  stream.attach(sink)
  stream.close()
  return sink.events
}

async function settled(run: () => Promise<unknown>): Promise<string> {
  return run().then(
    () => 'done',
    (error: { code?: string }) => error.code ?? 'no TaskError',
  )
}

let pglite: PGlite
let worlds: readonly World[]
beforeAll(async () => {
  pglite = await PGlite.create('memory://')
  worlds = [await openWorld(memoryStore()), await openWorld(postgresStore({ pglite }))]
}, 60_000)
afterAll(async () => {
  await Promise.all(worlds.map(({ server }) => server.stop()))
  await pglite.close()
})

const times = Number(process.env['FUZZ_TIMES'] ?? 1)
const seed = Number(process.env['FUZZ_SEED'] ?? (times > 1 ? randomInt(2 ** 31) : 1))
const numRuns = 150 * times

describe(`a server whose \`authenticate\` answers anything (FUZZ_SEED=${seed})`, () => {
  it(
    'shows and changes nothing of others, never rejects, and answers the same on memory and PGlite',
    async () => {
      let granted = 0
      let refused = 0
      await fc.assert(
        fc.asyncProperty(hostilePrincipal, async (make) => {
          const caller = make()
          const [onMemory, onPglite] = await Promise.all(worlds.map((world) => askEverything(world, caller)))
          if (!onMemory || !onPglite) throw new Error('There are two worlds.')
          for (const { text } of [onMemory, onPglite]) {
            expect(text).not.toContain(SECRET)
            expect(text).not.toContain(`"userId":"${VICTIM.userId}"`)
          }
          expect(onPglite.statuses).toEqual(onMemory.statuses)
          expect(onPglite.inProcess).toEqual(onMemory.inProcess)
          expect(Object.values(onMemory.inProcess)).not.toContain('no TaskError')
          const { list, create, status, cancel, delete: deleted } = onMemory.statuses
          const isKnown = list?.[0] === 200
          if (isKnown) granted += 1
          else refused += 1
          for (const answer of [status, cancel, deleted]) expect(answer?.[0]).toBe(isKnown ? 404 : list?.[0])
          const passed = create?.[0] === 202 || create?.[0] === 429
          expect(passed && !mayUse('a', caller)).toBe(false)
        }),
        { numRuns, seed },
      )
      for (const { asked, server, victims, untouched } of worlds) {
        asked.caller = ada
        expect(JSON.stringify(await server.as(ada).getBatch(victims.batchId))).toBe(untouched)
      }
      // If hardly any were, what was drawn was too hostile to get anywhere, or not hostile at all.
      expect(Math.min(granted, refused)).toBeGreaterThan(numRuns / 20)
    },
    60_000 + numRuns * 1_000,
  )
})

function mayUse(brandId: string, caller: unknown): boolean {
  const { brandIds, role } = caller as { brandIds?: unknown; role?: unknown }
  return brandIds === '*' || role === 'operator' || (Array.isArray(brandIds) && brandIds.includes(brandId))
}
