import { type Action, ACTIONS, FatalTaskError, type TaskJson } from '@brandkit/core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Principal } from '../../src/principal.js'
import { readAnswer } from '../fixtures/read-answer.js'
import { call, report, type ReportGenerator, sampleServer } from '../fixtures/sample-tasks.js'

/**
 * Only Ada may see her tasks, and only while she has the brand: sharing the brand or the name with her is not enough. Members of
 * the tier `team` reach everybody's tasks in their own brands.
 */
const people: Record<string, Principal> = {
  ada: { tenantId: 'acme', userId: 'ada', brandIds: ['aurora', 'cassini'] },
  colleague: { tenantId: 'acme', userId: 'linus', brandIds: ['aurora', 'borealis'] },
  namesake: { tenantId: 'umbrella', userId: 'ada', brandIds: '*' },
  operatorElsewhere: { tenantId: 'umbrella', userId: 'eve', brandIds: '*', role: 'operator' },
  former: { tenantId: 'acme', userId: 'ada', brandIds: ['borealis'] },
  teamOfAnotherBrand: { tenantId: 'acme', userId: 'mary', brandIds: ['borealis'], tier: 'team' },
  teamElsewhere: { tenantId: 'umbrella', userId: 'ada', brandIds: '*', tier: 'team' },
}
const STRANGERS = Object.keys(people).filter((name) => name !== 'ada')
/** A colleague of Ada's in the brand aurora, though not in cassini. */
people['mate'] = { tenantId: 'acme', userId: 'grace', brandIds: ['aurora'], tier: 'team' }
/** A user of a tenant that has no tasks. */
people['newcomer'] = { tenantId: 'globex', userId: 'eve', brandIds: '*', role: 'operator' }

const SECRET = 'Plan for the merger'
const KEY = 'key-of-ada'

/** Ends as its payload says; tasks that must keep running wait for their signal. */
const generator: ReportGenerator = async ({ payload, signal, step }) => {
  await step('draft', () => [payload.name])
  if (payload.pages === 1) return { reportId: payload.name, pages: 1 }
  if (payload.pages === 2) throw new FatalTaskError(`${payload.name} is too large.`)
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)))
}

const server = sampleServer(generator, {
  authenticate: (request) => people[request.headers.get('x-user') ?? ''] ?? null,
  authorize({ principal: { role, tier }, action }) {
    if (role === 'operator') return 'tenant'
    return tier === 'team' && action !== 'delete' ? 'brand' : 'own'
  },
  concurrency: 50,
})

interface Ids {
  taskId: string
  batchId: string
}

interface Probe {
  query?: Record<string, string>
  body?: object
  headers?: Record<string, string>
}

interface Probes {
  /** Requests that name something. Ada's things must look like missing ones. */
  named: (ids: Ids) => Probe[]
  /** Requests that name nothing. The answer must hold nothing of Ada's. */
  unnamed?: Probe[]
}

const oneTask = ({ taskId }: Ids): Probe[] => [{ body: { taskId } }]

const oneBatch = ({ batchId }: Pick<Ids, 'batchId'>): Probe[] => [
  { body: { filter: { batchId }, dryRun: true } },
  { body: { filter: { batchId } } },
]
const ALL: Probe[] = [{ body: { filter: { all: true }, dryRun: true } }, { body: { filter: { all: true } } }]

/** One entry per action: a new action needs one to compile. */
const PROBES: Record<Action, Probes> = {
  create: {
    named: () => [],
    unnamed: [
      // The same request under Ada's key: the answer must not return the task that Ada created with it.
      { body: { ...report, brandId: 'borealis' }, headers: { 'idempotency-key': KEY } },
      { body: { tasks: [{ ...report, brandId: 'borealis' }] }, headers: { 'idempotency-key': KEY } },
    ],
  },
  process: { named: oneTask },
  status: {
    named: ({ taskId, batchId }) => [
      { query: { taskId } },
      { query: { taskIds: taskId } },
      { query: { batchId } },
      { query: { taskId, wait: '0.01' }, headers: { 'if-none-match': '"1"' } },
      { query: { batchId, wait: '0.01' }, headers: { 'if-none-match': '"1"' } },
    ],
  },
  text: {
    named: ({ taskId }) => [{ query: { taskId } }, { query: { taskId, cursor: '1.1', wait: '0.01' } }],
  },
  cancel: {
    named: ({ taskId, batchId }) => [
      { body: { taskId } },
      { body: { taskIds: [taskId] } },
      { body: { batchId } },
      ...oneBatch({ batchId }),
    ],
    unnamed: ALL,
  },
  retry: { named: (ids) => [...oneTask(ids), ...oneBatch(ids)], unnamed: ALL },
  delete: { named: (ids) => [...oneTask(ids), ...oneBatch(ids)], unnamed: ALL },
  list: {
    named: ({ batchId }) => [{ query: { batchId } }],
    unnamed: [
      { query: {} },
      { query: { brandId: 'aurora' } },
      { query: { type: 'MAKE_REPORT' } },
      { query: { status: 'completed' } },
      { query: { search: 'report plan' } },
    ],
  },
  events: { named: ({ batchId }) => [{ query: { batchId } }], unnamed: [{ query: {} }] },
  usage: { named: () => [], unnamed: [{ query: {} }, { query: { month: '2026-01' } }] },
  stats: { named: () => [], unnamed: [{ query: {} }] },
  audit: { named: ({ taskId }) => [{ query: { taskId } }], unnamed: [{ query: {} }] },
  health: { named: () => [], unnamed: [{ query: {} }] },
  openapi: { named: () => [], unnamed: [{ query: {} }] },
}

async function ask(user: string, action: Action, { query = {}, body, headers }: Probe) {
  const hangUp = new AbortController()
  const response = await server.handler(
    new Request(`http://app.test/api/jobs?${new URLSearchParams({ action, ...query }).toString()}`, {
      method: ACTIONS[action].method,
      headers: { 'x-user': user, 'content-type': 'application/json', ...headers },
      signal: hangUp.signal,
      ...(body && { body: JSON.stringify(body) }),
    }),
  )
  const text = await readAnswer(response)
  hangUp.abort()
  return { status: response.status, headers: [...response.headers], text }
}

/** The answer without values that always differ: trace id, time, and the requested id. */
const comparable = (answer: object, { taskId, batchId }: Ids): string =>
  JSON.stringify(answer)
    .replaceAll(taskId, '<task>')
    .replaceAll(batchId, '<batch>')
    .replaceAll(/traceId\\":\\"[0-9a-f]{32}/g, 'traceId')
    .replaceAll(/retry: \d+/g, 'retry')

let owned: TaskJson[] = []
let batchId = ''

async function read(): Promise<TaskJson[]> {
  const { body } = await call(server, 'GET', 'action=list')
  return body['tasks'] as unknown as TaskJson[]
}

const later = { ...report, payload: { name: SECRET }, runAt: '2999-01-01T00:00:00Z' }

/** Waits until Ada's tasks have exactly these statuses. */
const untilStatuses = (...statuses: string[]) =>
  vi.waitUntil(async () => {
    owned = await read()
    const found = new Set(owned.map(({ status }) => status))
    return found.size === statuses.length && owned.every(({ status }) => statuses.includes(status))
  })

beforeAll(async () => {
  await server.start()
  const tasks = [1, 2, 3, 3].map((pages) => ({
    type: report.type,
    brandId: 'aurora',
    payload: { name: SECRET, pages },
  }))
  const created = await call(server, 'POST', 'action=create', { body: { tasks }, headers: { 'idempotency-key': KEY } })
  await call(server, 'POST', 'action=create', { body: later })
  await call(server, 'POST', 'action=create', { body: { ...later, brandId: 'cassini' } })
  const batch = created.body as unknown as { batchId: string; tasks: TaskJson[] }
  batchId = batch.batchId
  await untilStatuses('completed', 'failed', 'processing', 'queued')
  await call(server, 'POST', 'action=cancel', { body: { taskId: batch.tasks[3]?.taskId } })
  await untilStatuses('completed', 'failed', 'processing', 'queued', 'cancelled')
  // From now on no task changes by itself.
  await vi.waitUntil(async () => {
    owned = await read()
    const running = owned.find(({ status }) => status === 'processing')
    return running?.steps?.[0]?.status === 'completed'
  })
})
afterAll(() => server.stop())

describe.each(STRANGERS)('%s', (stranger) => {
  it.each(Object.keys(ACTIONS) as Action[])(
    'cannot tell what is Ada’s from what does not exist, by action=%s',
    async (action) => {
      const unknown = { taskId: crypto.randomUUID(), batchId: crypto.randomUUID() }
      for (const { taskId, status } of owned) {
        const foreign = { taskId, batchId }
        const [ours, none] = [PROBES[action].named(foreign), PROBES[action].named(unknown)]
        for (const [index, probe] of ours.entries()) {
          const answer = comparable(await ask(stranger, action, probe), foreign)
          expect(answer, `${status}, probe ${index}`).toBe(
            comparable(await ask(stranger, action, none[index] ?? {}), unknown),
          )
        }
      }
    },
  )

  it.each(Object.keys(ACTIONS) as Action[])('is shown nothing of Ada’s by action=%s', async (action) => {
    const traces = [SECRET, batchId, ...owned.flatMap(({ taskId, traceId }) => [taskId, traceId])]
    const probes = [
      ...(PROBES[action].unnamed ?? []),
      ...owned.flatMap(({ taskId }) => PROBES[action].named({ taskId, batchId })),
    ]
    for (const probe of probes) {
      const { text } = await ask(stranger, action, probe)
      // The answer may repeat the stranger's own input, as `missing`.
      const said = JSON.stringify(probe)
      for (const trace of traces.filter((part) => !said.includes(part))) expect(text).not.toContain(trace)
    }
  })

  it('has changed nothing of Ada’s', async () => {
    expect(await read()).toEqual(owned)
  })
})

const shared = () => owned.filter(({ brandId }) => brandId === 'aurora')
const hidden = () => owned.filter(({ brandId }) => brandId !== 'aurora')

describe('a colleague', () => {
  it('reads every task of Ada’s in the brand that they share, and none of another brand', async () => {
    expect(hidden()).toHaveLength(1)
    for (const { taskId, status } of shared()) {
      const { text } = await ask('mate', 'status', { query: { taskId } })
      expect(JSON.parse(text)).toMatchObject({ task: { taskId, status, userId: 'ada' } })
    }
    for (const { taskId } of hidden()) {
      expect((await ask('mate', 'status', { query: { taskId } })).status).toBe(404)
      for (const action of ['cancel', 'retry', 'delete'] as const)
        expect((await ask('mate', action, { body: { taskId } })).status).toBe(404)
    }
    const { text } = await ask('mate', 'status', { query: { batchId } })
    expect(JSON.parse(text)).toMatchObject({ batch: { total: 4 } })
  })

  it.each([
    ['list', {}],
    ['list', { brandId: 'cassini' }],
    ['events', {}],
  ] as const)('is shown the tasks of that brand alone by action=%s %j', async (action, query) => {
    const { text } = await ask('mate', action, { query })
    const seen = 'brandId' in query ? [] : shared()
    for (const { taskId } of owned) expect(text.includes(taskId)).toBe(seen.some((task) => task.taskId === taskId))
  })

  it('deletes none of them, and is told so, because the policy keeps that to their owner', async () => {
    for (const { taskId } of shared()) {
      const { status, text } = await ask('mate', 'delete', { body: { taskId } })
      expect({ status, code: (JSON.parse(text) as { code: string }).code }).toEqual({ status: 403, code: 'forbidden' })
    }
    expect(await read()).toEqual(owned)
  })
})

describe('the operator of a tenant without tasks', () => {
  it('counts none', async () => {
    const { text } = await ask('newcomer', 'stats', {})
    expect(JSON.parse(text)).toMatchObject({
      queued: 0,
      processing: 0,
      completed: 0,
      failed: 0,
      cancelled: 0,
      durations: {},
    })
  })
})

describe('Ada', () => {
  it('sees all of hers by the same requests, so that the matrix compares something', async () => {
    for (const { taskId, status } of owned) {
      const { text } = await ask('ada', 'status', { query: { taskId } })
      expect(JSON.parse(text)).toMatchObject({ task: { taskId, status } })
    }
    expect((await ask('ada', 'status', { query: { batchId } })).status).toBe(200)
    const { text } = await ask('ada', 'events', { query: {} })
    expect(text).toContain(SECRET)
  })
})
