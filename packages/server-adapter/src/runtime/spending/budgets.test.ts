import { describe, expect, it, vi } from 'vitest'
import { keepSampleServers } from '../../../proofs/fixtures/sample-servers.js'
import {
  call,
  createReport,
  report,
  type ReportGenerator,
  sampleServer,
  statusOf,
} from '../../../proofs/fixtures/sample-tasks.js'
import type { TaskServer } from '../../create-task-server.js'
import { memoryQueue, memoryStore } from '../../memory.js'
import { toUsageMonth } from './usage-month.js'

const { started } = keepSampleServers()

const spending: ReportGenerator = async ({ usage }) => {
  void usage({ model: 'small', inputTokens: 900, outputTokens: 100, cost: 6, currency: 'EUR' })
  return { reportId: 'r1', pages: 1 }
}

const create = (
  server: TaskServer,
  { user = 'ada', key, ...more }: { user?: string; key?: string; brandId?: string } = {},
) =>
  call(server, 'POST', 'action=create', {
    user,
    body: { ...report, ...more },
    headers: key === undefined ? {} : { 'idempotency-key': key },
  })

/** Creates a task and waits for its end. */
async function spend(server: TaskServer, options: Parameters<typeof create>[1] = {}): Promise<string> {
  const { taskId } = (await create(server, options)).body.task
  const { user = 'ada' } = options
  await vi.waitFor(async () => {
    const { body } = await call(server, 'GET', `action=status&taskId=${taskId}`, { user })
    expect(body.task.status).toBe('completed')
  })
  return taskId
}

describe('a monthly budget', () => {
  it('refuses creates once it is used up, and says when it renews', async () => {
    const server = await started(spending, { limits: { budget: { perUser: { cost: 10, currency: 'EUR' } } } })
    await spend(server)
    // 6 of 10 are used.
    await spend(server)

    const refused = await create(server)
    expect(refused.status).toBe(429)
    expect(refused.body).toMatchObject({ code: 'budget_exhausted', retryable: true })
    const renewal = toUsageMonth(Date.now()).endsAt.slice(0, 10)
    expect(refused.body['detail']).toContain(
      `Your budget for this month is used up. It renews on ${renewal}, 00:00 UTC`,
    )
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  })

  it('of a user leaves others alone, of a brand holds for everybody there, of a tenant for all', async () => {
    const ofUser = await started(spending, { limits: { budget: { perUser: { tokens: 1_000 } } } })
    await spend(ofUser)
    expect((await create(ofUser)).status).toBe(429)
    expect((await create(ofUser, { user: 'linus' })).status).toBe(202)

    const ofBrand = await started(spending, { limits: { budget: { perBrand: { tokens: 1_000 } } } })
    await spend(ofBrand)
    expect((await create(ofBrand, { user: 'linus' })).body).toMatchObject({ code: 'budget_exhausted' })
    expect((await create(ofBrand, { user: 'linus', brandId: 'borealis' })).status).toBe(202)

    const ofTenant = await started(spending, { limits: { budget: { perTenant: { cost: 6, currency: 'EUR' } } } })
    await spend(ofTenant)
    expect((await create(ofTenant, { user: 'linus', brandId: 'borealis' })).status).toBe(429)
    expect((await create(ofTenant, { user: 'mallory' })).status).toBe(202)
  })

  it('counts only its own currency', async () => {
    const server = await started(spending, { limits: { budget: { perUser: { cost: 1 } } } })
    await spend(server)
    expect((await create(server)).status).toBe(202)
  })

  it('gives back what a key has made, although it is used up', async () => {
    const server = await started(spending, { limits: { budget: { perUser: { cost: 6, currency: 'EUR' } } } })
    const taskId = await spend(server, { key: 'k' })
    const again = await create(server, { key: 'k' })
    expect(again.status).toBe(202)
    expect(again.body.task.taskId).toBe(taskId)
    expect((await create(server, { key: 'other' })).body).toMatchObject({ code: 'budget_exhausted' })
  })

  it('refuses a retry, too', async () => {
    const server = await started(
      async ({ usage }) => {
        void usage({ cost: 6 })
        throw Object.assign(new Error('No.'), { code: 'generator_refused', retryable: false })
      },
      { limits: { budget: { perUser: { cost: 6 } } } },
    )
    const taskId = await createReport(server)
    await vi.waitFor(async () => expect((await statusOf(server, taskId)).status).toBe('failed'))
    const refused = await call(server, 'POST', 'action=retry', { body: { taskId } })
    expect(refused.body).toMatchObject({ code: 'budget_exhausted' })
  })

  it('of a tier replaces that of the server', async () => {
    const server = await started(spending, {
      limits: { budget: { perUser: { cost: 6, currency: 'EUR' }, perBrand: { cost: 18, currency: 'EUR' } } },
      tiers: { premium: { budget: { perUser: { cost: 100, currency: 'EUR' } } } },
      authenticate: ({ headers }) => ({
        userId: headers.get('x-user') ?? '',
        brandIds: '*',
        tier: headers.get('x-user') ?? '',
      }),
    })
    await spend(server, { user: 'free' })
    expect((await create(server, { user: 'free' })).status).toBe(429)
    await spend(server, { user: 'premium' })
    await spend(server, { user: 'premium' })
    expect((await create(server, { user: 'premium' })).body['detail']).toContain('The budget of this brand')
  })

  it('costs a server without one no read', async () => {
    const store = memoryStore()
    const usage = vi.spyOn(store, 'usage')
    const server = await started(spending, { store })
    await spend(server)
    expect(usage).not.toHaveBeenCalled()
  })
})

describe('a budget that stops running tasks', () => {
  const ran: string[] = []
  const steps: ReportGenerator = async ({ step, usage }) => {
    const draft = await step('draft', () => {
      ran.push('draft')
      void usage({ cost: 6 })
      return ['page']
    })
    return { reportId: 'r1', pages: await step('print', () => draft.length) }
  }

  it('fails a task before its next step, in plain words, and keeps what is finished', async () => {
    ran.length = 0
    const store = memoryStore()
    const server = await started(steps, { store, limits: { budget: { perUser: { cost: 6 }, stopsRunning: true } } })
    const taskId = await createReport(server)
    await vi.waitFor(async () => expect((await statusOf(server, taskId)).status).toBe('failed'))

    const task = await statusOf(server, taskId)
    expect(task).toMatchObject({ errorCode: 'budget_exhausted', retryCount: 0, usage: [{ cost: 6, currency: 'USD' }] })
    expect(task.lastError).toContain('Your budget for this month is used up')
    expect(task.steps?.map(({ key, status }) => [key, status])).toEqual([
      ['draft', 'completed'],
      ['print', 'pending'],
    ])
    expect(ran).toEqual(['draft'])
  })

  it('asks for the budget of the tier that the task was created with', async () => {
    const server = await started(steps, {
      limits: { budget: { perUser: { cost: 6 }, stopsRunning: true } },
      tiers: { premium: { budget: { perUser: { cost: 7 } } } },
      authenticate: () => ({ tenantId: 'acme', userId: 'ada', brandIds: '*', tier: 'premium' }),
    })
    const taskId = await createReport(server)
    await vi.waitFor(async () => expect((await statusOf(server, taskId)).status).toBe('completed'))
  })
})

describe('the options of a budget', () => {
  it.each<[object, Record<string, object>, RegExp]>([
    [{ budget: { stopsRunning: true } }, {}, /limits\.budget limits nothing\. Give perUser, perBrand or perTenant/],
    [{ budget: { perUser: {} } }, {}, /limits\.budget\.perUser is empty\. Give a cost, tokens or both/],
    [{ budget: { perUser: { cost: -1 } } }, {}, /limits\.budget\.perUser\.cost is -1/],
    [{ budget: { perUser: { cost: Infinity } } }, {}, /Leave it out for no limit/],
    [{ budget: { perUser: { cost: 1, currency: 'Euro' } } }, {}, /limits\.budget\.perUser\.currency is "Euro"/],
    [{ budget: { perTeam: { cost: 1 } } }, {}, /There is no option limits\.budget\.perTeam/],
    [{ budget: { per: 'day' } }, {}, /limits\.budget\.per is "day"; it must be one of month/],
    [{}, { pro: { budget: { stopsRunning: true } } }, /There is no option tiers\.pro\.budget\.stopsRunning/],
  ])('are refused when they are wrong: %j %j', (limits, tiers, message) => {
    expect(() => sampleServer(undefined, { limits, tiers, store: memoryStore(), queue: memoryQueue() })).toThrow(
      message,
    )
  })
})
