import { describe, expect, it, vi } from 'vitest'
import { keepSampleServers } from '../../../proofs/fixtures/sample-servers.js'
import { call, report, type ReportGenerator } from '../../../proofs/fixtures/sample-tasks.js'
import type { TaskServer } from '../../create-task-server.js'
import type { ReportedUsage } from '../running/reported-usage.js'
import { toUsageMonth } from './usage-month.js'
import type { UsageRequest } from './usage-reader.js'

const { started } = keepSampleServers()
const EUROS = { model: 'small', inputTokens: 900, outputTokens: 100, cost: 6, currency: 'EUR' }
const DOLLARS = { model: 'large', inputTokens: 10, outputTokens: 5, cost: 9 }
const UNPRICED = { inputTokens: 7, outputTokens: 3 }

/** A server on which Ada has used all three, and Linus one. */
async function spent(options: Parameters<typeof started>[1] = {}): Promise<{ server: TaskServer; taskId: string }> {
  let usages: readonly ReportedUsage[] = [EUROS, DOLLARS, UNPRICED]
  const spending: ReportGenerator = async ({ usage }) => {
    for (const used of usages) void usage(used)
    return { reportId: 'r1', pages: 1 }
  }
  const server = await started(spending, options)
  const spend = async (user: string): Promise<string> => {
    const { taskId } = (await call(server, 'POST', 'action=create', { user, body: report })).body.task
    await vi.waitFor(async () => {
      const { body } = await call(server, 'GET', `action=status&taskId=${taskId}`, { user })
      expect(body.task.status).toBe('completed')
    })
    return taskId
  }
  const taskId = await spend('ada')
  usages = [{ ...EUROS, cost: 0.1 }]
  await spend('linus')
  return { server, taskId }
}

describe('the usage of a month', () => {
  it('is summed by type, model and user, each currency for itself', async () => {
    const { server } = await spent()
    const { usage } = await server.stats({ tenantId: 'acme' })
    const unpriced = { inputTokens: 7, outputTokens: 3 }
    const total = [
      // The greatest number comes first, whatever its currency.
      { inputTokens: 10, outputTokens: 5, cost: 9, currency: 'USD' },
      { inputTokens: 1_800, outputTokens: 200, cost: 6.1, currency: 'EUR' },
      unpriced,
    ]
    expect(usage).toEqual({
      ...toUsageMonth(Date.now()),
      total,
      types: total.map((amount) => ({ id: 'MAKE_REPORT', ...amount })),
      models: [
        { id: 'large', ...total[0] },
        { id: 'small', ...total[1] },
        { id: '', ...unpriced },
      ],
      users: [
        { id: 'ada', inputTokens: 10, outputTokens: 5, cost: 9, currency: 'USD' },
        { id: 'ada', inputTokens: 900, outputTokens: 100, cost: 6, currency: 'EUR' },
        { id: 'linus', inputTokens: 900, outputTokens: 100, cost: 0.1, currency: 'EUR' },
        { id: 'ada', ...unpriced },
      ],
      budgets: [],
    })
    expect((await server.stats()).usage).toEqual(usage)
    expect(await server.stats({ tenantId: 'another' })).not.toHaveProperty('usage')
  })

  it('shows what is left of budgets to the last cent: of the tenant, and of the users and brands that used most', async () => {
    const { server } = await spent({
      limits: {
        budget: {
          perUser: { cost: 6.2, currency: 'EUR', tokens: 2_000 },
          perBrand: { tokens: 5_000 },
          perTenant: { cost: 20, currency: 'EUR' },
        },
      },
    })
    const ofUser = { of: 'user', cost: 6.2, currency: 'EUR', tokens: 2_000 }
    const budgets = [
      { ...ofUser, id: 'ada', left: { cost: 0.2, tokens: 975 } },
      { ...ofUser, id: 'linus', left: { cost: 6.1, tokens: 1_000 } },
      { of: 'brand', id: 'aurora', tokens: 5_000, left: { tokens: 2_975 } },
      { of: 'tenant', id: 'acme', cost: 20, currency: 'EUR', left: { cost: 13.9 } },
    ]
    expect((await server.stats({ tenantId: 'acme' })).usage?.budgets).toEqual(budgets)
    // Users of several tenants may have the same id.
    expect((await server.stats()).usage?.budgets).toEqual([])

    const { body } = await call(server, 'GET', 'action=usage', { user: 'linus' })
    expect(body).toMatchObject({ used: [{ cost: 0.1 }], budget: budgets[1] })
    const past = await call(server, 'GET', 'action=usage&month=2020-12', { user: 'linus' })
    expect(past.body).toEqual({ month: '2020-12', endsAt: '2021-01-01T00:00:00.000Z', used: [] })
  })

  it('asks for budgets as they are, although nobody has used anything', async () => {
    const server = await started(async () => ({ reportId: 'r1', pages: 1 }), {
      limits: { budget: { perTenant: { cost: 20 } } },
      tiers: { free: { budget: { perUser: { tokens: 5 } } } },
      authenticate: () => ({ tenantId: 'acme', userId: 'ada', brandIds: '*', tier: 'free' }),
    })
    // Each user's budget depends on the tier, which sums do not know.
    const tenant = { of: 'tenant', id: 'acme', cost: 20, currency: 'USD', left: { cost: 20 } }
    expect((await server.stats({ tenantId: 'acme' })).usage).toMatchObject({ total: [], budgets: [tenant] })
    const { body } = await call(server, 'GET', 'action=usage')
    expect(body).toMatchObject({ used: [], budget: { of: 'user', tokens: 5, left: { tokens: 5 } } })
  })
})

describe('server.usage', () => {
  it('gives the sums of a month, and those of a task’s attempts', async () => {
    const { server, taskId } = await spent()
    const ada = { id: 'ada', inputTokens: 900, outputTokens: 100, cost: 6, currency: 'EUR' }
    const asked = { tenantId: 'acme', by: 'user', id: 'ada' } as const
    expect(await server.usage(asked)).toContainEqual(ada)
    expect(await server.usage(asked)).toHaveLength(3)
    expect(await server.usage({ ...asked, tenantId: 'another' })).toEqual([])
    expect(await server.usage({ ...asked, month: '2020-01' })).toEqual([])
    expect(await server.usage({ by: 'model', limit: 1 })).toMatchObject([{ id: 'large', cost: 9 }])
    expect(await server.usage({ by: 'model', id: '' })).toEqual([{ id: '', inputTokens: 7, outputTokens: 3 }])
    expect(await server.usage({ by: 'attempt', id: taskId })).toContainEqual({ ...ada, id: '1' })
  })

  it.each<[unknown, RegExp]>([
    [undefined, /request for usage is malformed/],
    [{}, /by/],
    [{ by: 'team' }, /by/],
    [{ by: 'attempt' }, /id/],
    [{ by: 'user', month: '2026-1' }, /write the month as 2026-11/],
    [{ by: 'user', limit: 1_001 }, /limit/],
    [{ by: 'user', userId: 'ada' }, /userId/],
    [{ by: 'attempt', id: 't', month: '2026-11' }, /month/],
  ])('refuses what it cannot answer: %j', async (request, message) => {
    const server = await started(async () => ({ reportId: 'r1', pages: 1 }))
    const refused = server.usage(request as UsageRequest)
    await expect(refused).rejects.toMatchObject({ code: 'invalid_request', message: expect.stringMatching(message) })
  })
})
