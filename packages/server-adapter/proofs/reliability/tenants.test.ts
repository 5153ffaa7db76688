import type { Action } from '@brandkit/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Principal } from '../../src/principal.js'
import { followEvents } from '../../src/testing/follow-events.js'
import { ada, call, linus, report, sampleServer, statusOf } from '../fixtures/sample-tasks.js'

/** Ids that Ada's request named, or ids that never existed. */
interface Named {
  taskId: string
  batchId: string
  key: string
}
type Ask = readonly [
  method: 'GET' | 'POST',
  query: string,
  options?: { body?: object; headers?: Record<string, string> },
]

const ofBatch = ({ batchId }: Pick<Named, 'batchId'>): readonly Ask[] => [
  ['POST', '', { body: { filter: { batchId, search: 'report' } } }],
  ['POST', '', { body: { filter: { batchId }, dryRun: true } }],
]

/** Every way to name things of a user, by action: a new action must be added here. */
const WAYS: Record<Action, (named: Named) => readonly Ask[]> = {
  create: ({ key }) => [['POST', '', { body: report, headers: { 'idempotency-key': key } }]],
  process: ({ taskId }) => [['POST', '', { body: { taskId } }]],
  status: ({ taskId, batchId }) => [
    ['GET', `&taskId=${taskId}`],
    ['GET', `&taskIds=${taskId}`],
    ['GET', `&batchId=${batchId}`],
  ],
  text: ({ taskId }) => [['GET', `&taskId=${taskId}`]],
  cancel: ({ taskId, batchId }) => [
    ['POST', '', { body: { taskId } }],
    ['POST', '', { body: { taskIds: [taskId] } }],
    ['POST', '', { body: { batchId } }],
    ...ofBatch({ batchId }),
  ],
  retry: ({ taskId, batchId }) => [['POST', '', { body: { taskId } }], ...ofBatch({ batchId })],
  delete: ({ taskId, batchId }) => [['POST', '', { body: { taskId } }], ...ofBatch({ batchId })],
  list: ({ batchId }) => [
    ['GET', ''],
    ['GET', `&batchId=${batchId}`],
    ['GET', `&search=report&batchId=${batchId}`],
  ],
  // Only the answer for a batch ends; see below.
  events: ({ batchId }) => [['GET', `&batchId=${batchId}`]],
  usage: () => [['GET', '']],
  stats: () => [['GET', '']],
  audit: ({ taskId }) => [['GET', `&taskId=${taskId}`]],
  health: () => [['GET', '']],
  openapi: () => [['GET', '']],
}

const NOBODYS: Named = { taskId: '0198-nobody', batchId: '0198-nothing', key: 'nobodys-key' }
const SECRET = 'the secret plan'

/** The tier `team` reaches the tasks of all users in its brands. */
const intruders: Record<string, Principal> = {
  'a colleague of another brand': { ...linus, brandIds: ['borealis'], tier: 'team' },
  'a colleague of every brand of another tenant': { ...linus, tenantId: 'another', brandIds: '*', tier: 'team' },
  'another user of the tenant': { ...linus, brandIds: '*' },
  'a user of the same name in another tenant': { ...ada, tenantId: 'another', brandIds: '*' },
  'the same user without access to the brand': { ...ada, brandIds: ['borealis'] },
}
const server = sampleServer(undefined, {
  authorize: ({ principal }) => (principal.tier === 'team' ? 'brand' : 'own'),
  authenticate: (request) => {
    const user = request.headers.get('x-user') ?? ''
    return user === 'ada' ? ada : (intruders[user] ?? null)
  },
})
let adas: Named
beforeAll(async () => {
  const create = await call(server, 'POST', 'action=create', {
    body: { tasks: [{ ...report, payload: { name: SECRET } }] },
    headers: { 'idempotency-key': 'adas-key' },
  })
  const { batchId, tasks } = create.body as unknown as { batchId: string; tasks: [{ taskId: string }] }
  adas = { taskId: tasks[0].taskId, batchId, key: 'adas-key' }
})
afterAll(() => server.stop())

async function answer(user: string, action: Action, [method, query, options]: Ask, named: Named): Promise<string> {
  const { status, body } = await call(server, method, `action=${action}${query}`, { user, ...options })
  return [...Object.values(named), ...(body.task ? [body.task.taskId] : [])]
    .reduce((text, name) => text.replaceAll(name, '…'), `${status} ${JSON.stringify(body)}`)
    .replaceAll(/"(traceId|createdAt|updatedAt|queuedAt|runAt)":"[^"]*"/g, '"$1":"…"')
}

describe.each(Object.keys(intruders))('%s', (user) => {
  it.each(Object.keys(WAYS) as Action[])('learns and changes nothing of a task by %s', async (action) => {
    const before = await statusOf(server, adas.taskId)
    for (const [index, ask] of WAYS[action](adas).entries()) {
      const unknown = WAYS[action](NOBODYS)[index]!
      const answered = await answer(user, action, ask, adas)
      expect(answered).not.toContain(SECRET)
      expect(answered).toEqual(await answer(user, action, unknown, NOBODYS))
    }
    expect(await statusOf(server, adas.taskId)).toEqual(before)
  })

  it('is told of none by a stream', async () => {
    const request = new Request('http://app.test/api/jobs?action=events', { headers: { 'x-user': user } })
    const followed = followEvents(await server.handler(request))
    await expect.poll(() => followed.events.length).toBeGreaterThan(0)
    expect(JSON.stringify(followed.events)).not.toContain(adas.taskId)
    await followed.close()
  })
})
