import type { GetUsageResponse, UsageAmount } from '@brandkit/core'
import { PROTOCOL } from '@brandkit/core/schemas'
import { expect, it } from 'vitest'
import type { EndpointCaller } from './endpoint-caller.js'
import { type EndpointPerson, endpointLimits } from './endpoint-people.js'
import { reportInput, SPENT } from './endpoint-tasks.js'

/** `SPENT` so many times. */
function spent(times: number): UsageAmount {
  const { inputTokens, outputTokens, cost, currency } = SPENT
  return {
    inputTokens: times * inputTokens,
    outputTokens: times * outputTokens,
    // In whole cents, because 3 * 0.6 would be 1.7999999999999998.
    cost: Math.round(times * cost * 100) / 100,
    currency,
  }
}

export function describeSpending({ call, create, until, read }: EndpointCaller): void {
  const monthOf = async (user: EndpointPerson): Promise<GetUsageResponse> => {
    const reply = await call('usage', { user })
    expect(reply).toMatchObject({ status: 200 })
    return reply.body
  }

  it('of a task is shown to those who see the task', async () => {
    const { taskId } = await create('spends')
    const { usage } = await until(taskId, { status: 'completed' })
    expect(usage).toEqual([SPENT])
    for (const user of ['hedy', 'grace'] as const) expect((await read(taskId, { user })).usage).toEqual([SPENT])
    const foreign = await call('status', { user: 'linus', query: { taskId } })
    expect(foreign.status).toBe(404)
    expect(JSON.stringify(foreign.body)).not.toContain(SPENT.model)
  })

  it('is absent from a task that called no model', async () => {
    const { taskId } = await create()
    expect(await until(taskId, { status: 'completed' })).not.toHaveProperty('usage')
  })

  it('sums the month of the caller, and of nobody else', async () => {
    const strange = await monthOf('linus')
    const { taskId } = await create('spends')
    await until(taskId, { status: 'completed' })
    const { endsAt, used } = await monthOf('ada')
    const tokens = used.find(({ currency }) => currency === SPENT.currency)?.inputTokens ?? 0
    expect(used).toEqual([spent(tokens / SPENT.inputTokens)])
    expect(endsAt > new Date().toISOString()).toBe(true)
    expect(await monthOf('linus')).toEqual(strange)

    await call('delete', { body: { taskId } })
    expect((await monthOf('ada')).used).toEqual(used)
    const { body } = await call('usage', { query: { month: '2020-02' } })
    expect(body).toEqual({ month: '2020-02', endsAt: '2020-03-01T00:00:00.000Z', used: [] })
  })

  it.each(['2026-13', '2026', 'may', ''])('refuses the month "%s", and says how to write it', async (month) => {
    const { status, body } = await call('usage', { query: { month } })
    expect({ status, code: body.code }).toEqual({ status: 400, code: 'invalid_request' })
    expect(body.detail).toContain('2026-11')
  })
}

const DAYS_OF_A_MONTH = 31

/** Mary's tier has a budget, which two reports pass. */
export function describeBudget({ call, create }: EndpointCaller): void {
  const ofMary = { user: 'mary' } as const
  const leftOfMary = async () => (await call('usage', ofMary)).body.budget?.left.cost

  it('refuses a create once it is used up, and says when it renews', async () => {
    expect(await leftOfMary()).toBe(1)
    for (const left of [0.4, 0]) {
      await create('spends', { ...ofMary, body: reportInput('spends') })
      await expect.poll(leftOfMary, { timeout: 40_000 }).toBe(left)
    }
    const { status, headers, body } = await call('create', { ...ofMary, body: reportInput('spends') })
    expect({ status, code: body.code }).toEqual({ status: 429, code: 'budget_exhausted' })
    const { endsAt } = (await call('usage', ofMary)).body
    expect(body.detail).toContain(`Your budget for this month is used up. It renews on ${endsAt.slice(0, 10)}`)
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
    expect(Number(headers.get('retry-after'))).toBeLessThanOrEqual(DAYS_OF_A_MONTH * 24 * 60 * 60)
  })

  it('is seen by operators: what the month has cost by type, by model and by user, and what is left', async () => {
    const { body } = await call('stats', { user: 'grace' })
    const { usage } = PROTOCOL.stats.response.parse(body)
    expect(usage?.users).toContainEqual({ id: 'mary', ...spent(2) })
    const [total] = usage?.total ?? []
    expect(usage).toMatchObject({
      total: [{ currency: 'EUR' }],
      types: [{ id: 'WRITE_REPORT', ...total }],
      models: [{ id: SPENT.model, ...total }],
    })
    const { cost, currency } = endpointLimits.budget.perTenant
    const left = { cost: Math.round(100 * (cost - (total?.cost ?? 0))) / 100 }
    expect(usage?.budgets).toEqual([{ of: 'tenant', id: 'acme', cost, currency, left }])
  })
}
