import { isTaskError, silentLogger, type TaskJson } from '@brandkit/core'
import type { PGlite } from '@electric-sql/pglite'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TaskServer } from '../../../src/create-task-server.js'
import { memoryStore } from '../../../src/memory.js'
import { postgresStore } from '../../../src/store/postgres/postgres-store.js'
import type { Principal } from '../../../src/principal.js'
import type { TaskStore } from '../../../src/store/task-store.js'
import { createMigratedPglite } from '../../fixtures/create-pglite.js'
import { fuzzRuns } from '../../fuzz/fuzz-runs.js'
import { recordingSink } from '../../fixtures/recording-sink.js'
import { call, report, sampleServer } from '../../fixtures/sample-tasks.js'
import { hostilePrincipal, VICTIM } from './hostile-principal.js'

const SECRET = 'secret-of-ada'
const ada: Principal = { tenantId: VICTIM.tenantId, userId: VICTIM.userId, brandIds: [VICTIM.brandId] }

/** A server on its own store, whose caller is the value drawn last. Ada has two tasks: one waits, one has ended. */
async function openWorld(store: TaskStore) {
  const asked = { caller: null as unknown }
  // The server is never started, so that tasks change only by their callers.
  const server = sampleServer(undefined, {
    store,
    authenticate: () => asked.caller as Principal,
    logger: silentLogger,
    // Keeps lists short. A create that exceeds this limit has passed every check of its caller.
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

interface Answer {
  /** The HTTP status, or its equivalent in process. */
  status: number
  code?: string | undefined
  /** The whole answer. */
  text: string
}

const get = async ({ server }: World, query: string) => toAnswer(await call(server, 'GET', query))
const post = async ({ server }: World, action: string, body: object) =>
  toAnswer(await call(server, 'POST', `action=${action}`, { body }))

/**
 * All requests of a caller, over HTTP and in process. Only `text` holds values that differ between stores (ids and times).
 */
const QUESTIONS = {
  list: (world) => get(world, 'action=list&limit=100'),
  status: (world) => get(world, `action=status&taskId=${world.victims.waiting}`),
  statuses: (world) => get(world, `action=status&taskIds=${world.victims.waiting},${world.victims.ended}`),
  batch: (world) => get(world, `action=status&batchId=${world.victims.batchId}`),
  cancel: (world) => post(world, 'cancel', { taskId: world.victims.waiting }),
  cancelBatch: (world) => post(world, 'cancel', { batchId: world.victims.batchId }),
  retry: (world) => post(world, 'retry', { taskId: world.victims.ended }),
  delete: (world) => post(world, 'delete', { taskId: world.victims.ended }),
  create: (world) => post(world, 'create', { ...report, brandId: 'a' }),
  usage: (world) => get(world, 'action=usage'),
  stats: (world) => get(world, 'action=stats'),
  events: ({ server }) => followEvents(server),
  'list in process': (world) => inProcess(async () => world.server.as(callerOf(world)).list()),
  'cancel in process': (world) => inProcess(async () => world.server.as(callerOf(world)).cancel(world.victims.waiting)),
  'create in process': (world) =>
    inProcess(async () => world.server.tasks.create(callerOf(world), { ...report, brandId: 'a' })),
} satisfies Record<string, (world: World) => Promise<Answer>>
type Question = keyof typeof QUESTIONS

/** Questions about one of the victim's tasks, which a stranger must get answered with 404. */
const ABOUT_ONE = new Set<Question>([
  'status',
  'batch',
  'cancel',
  'cancelBatch',
  'retry',
  'delete',
  'cancel in process',
])

function callerOf({ asked }: World): Principal {
  return asked.caller as Principal
}

function toAnswer({ status, body }: { status: number; body: unknown }): Answer {
  return { status, code: (body as { code?: string } | null)?.code, text: JSON.stringify(body) }
}

async function followEvents(server: TaskServer): Promise<Answer> {
  const stream = await server.openEvents(new Request('http://app.test/api/jobs?action=events'))
  if (stream instanceof Response) return { status: stream.status, text: await stream.text() }
  const sink = recordingSink()
  stream.attach(sink)
  stream.close()
  return { status: 200, text: JSON.stringify(sink.events) }
}

/** @throws every error that is not a TaskError */
async function inProcess(run: () => Promise<unknown>): Promise<Answer> {
  try {
    return { status: 200, text: JSON.stringify(await run()) }
  } catch (error) {
    if (!isTaskError(error)) throw error
    return { status: error.status, code: error.code, text: error.message }
  }
}

let pglite: PGlite
let worlds: readonly World[]
beforeAll(async () => {
  pglite = await createMigratedPglite()
  worlds = [await openWorld(memoryStore()), await openWorld(postgresStore({ pglite }))]
})
afterAll(async () => {
  await Promise.all(worlds.map(({ server }) => server.stop()))
  await pglite.close()
})

const { numRuns, seed } = fuzzRuns(2_000)

describe(`a server whose \`authenticate\` answers anything (FUZZ_SEED=${seed})`, () => {
  it(
    'shows and changes nothing of others, never rejects, and answers the same on memory and PGlite',
    async () => {
      let granted = 0
      let refused = 0
      const check = async (make: () => unknown, question: Question) => {
        const caller = make()
        const answers: Answer[] = []
        for (const world of worlds) {
          world.asked.caller = caller
          const { status } = await QUESTIONS.list(world)
          const answer = await QUESTIONS[question](world)
          expect(answer.text).not.toContain(SECRET)
          expect(answer.text).not.toContain(`"userId":"${VICTIM.userId}"`)
          if (status === 200) granted += 1
          else refused += 1
          expect(answer.status).toSatisfy(isRight(question, { caller, listed: status }))
          answers.push(answer)
        }
        const [onMemory, onPglite] = answers.map(({ status, code }) => ({ status, code }))
        expect(onPglite).toEqual(onMemory)
      }
      const questions = fc.constantFrom(...(Object.keys(QUESTIONS) as Question[]))
      await fc.assert(fc.asyncProperty(hostilePrincipal, questions, check), { numRuns, seed })
      for (const { asked, server, victims, untouched } of worlds) {
        asked.caller = ada
        expect(JSON.stringify(await server.as(ada).getBatch(victims.batchId))).toBe(untouched)
      }
      // A low number means that the drawn principals were too hostile to pass, or harmless.
      expect(Math.min(granted, refused)).toBeGreaterThan(numRuns / 20)
    },
    60_000 + numRuns * 1_000,
  )
})

/** Which answers are right for a caller whose list request was answered with the status `listed`. */
function isRight(question: Question, { caller, listed }: { caller: unknown; listed: number }) {
  return (status: number) => {
    // `authenticate` returns nothing for a caller who is not signed in; in server code an empty principal is a mistake.
    if ((caller === null || caller === undefined) && question.endsWith('in process')) return status === 500
    if (listed !== 200) return status === listed
    if (ABOUT_ONE.has(question)) return status === 404
    return !question.startsWith('create') || mayUse('a', caller) || status === 403
  }
}

function mayUse(brandId: string, caller: unknown): boolean {
  const { brandIds, role } = caller as { brandIds?: unknown; role?: unknown }
  return brandIds === '*' || role === 'operator' || (Array.isArray(brandIds) && brandIds.includes(brandId))
}
