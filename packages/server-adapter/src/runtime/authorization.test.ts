import { createLogger, type LogEntry } from '@brandkit/core'
import { describe, expect, it, vi } from 'vitest'
import type { TaskServer } from '../create-task-server.js'
import { keepSampleServers } from '../../proofs/fixtures/sample-servers.js'
import { ada, call, createReport, endless, linus, report, statusOf } from '../../proofs/fixtures/sample-tasks.js'
import { parsePrincipal } from '../principal.schema.js'
import { type Authorize, createAuthorization } from './authorization.js'

const { started } = keepSampleServers()

const ids = async (server: TaskServer, user: string, query = '') => {
  const { body } = await call(server, 'GET', `action=list${query}`, { user })
  return (body as unknown as { tasks: { taskId: string }[] }).tasks.map(({ taskId }) => taskId)
}

describe('who may do what', () => {
  it('is by default: everybody their own, and an operator everything of the tenant', async () => {
    const server = await started(endless)
    const taskId = await createReport(server)
    expect(await ids(server, 'ada')).toEqual([taskId])
    expect(await ids(server, 'linus')).toEqual([])
    expect(await ids(server, 'grace')).toEqual([taskId])
    expect(await ids(server, 'mallory')).toEqual([])
  })

  it('is decided by what was checked, though a field answers otherwise the second time', async () => {
    const server = await started(endless, {
      authenticate: () => {
        let reads = 0
        return {
          ...ada,
          userId: 'eve',
          get role() {
            return (reads++ > 0 ? 'operator' : undefined) as 'operator'
          },
        }
      },
    })
    await server.tasks.create(ada, report)
    expect(await ids(server, 'eve')).toEqual([])
  })

  it('lets an operator read, cancel, retry and delete the tasks of others', async () => {
    const server = await started(endless)
    const taskId = await createReport(server)
    const operate = (action: string) => call(server, 'POST', `action=${action}`, { user: 'grace', body: { taskId } })
    expect((await call(server, 'GET', `action=status&taskId=${taskId}`, { user: 'grace' })).status).toBe(200)
    expect((await operate('cancel')).body.task).toMatchObject({ status: 'cancelled', userId: 'ada' })
    expect((await operate('retry')).body.task).toMatchObject({ retryOf: taskId, userId: 'ada', createdBy: 'grace' })
    expect((await operate('delete')).status).toBe(200)
  })

  it('ends at the tenant, also for an operator, whose user id may be the same as another’s there', async () => {
    const server = await started(endless)
    const taskId = await createReport(server)
    for (const action of ['cancel', 'retry', 'delete'])
      expect((await call(server, 'POST', `action=${action}`, { user: 'mallory', body: { taskId } })).status).toBe(404)
    expect((await statusOf(server, taskId)).status).not.toBe('cancelled')
  })

  it('is decided by `authorize`, which hears who asks for what, and of which brand', async () => {
    const authorize = vi.fn<Authorize>(({ action }) => action !== 'cancel' && 'own')
    const server = await started(endless, { authorize })
    const taskId = await createReport(server)
    expect(await call(server, 'POST', 'action=cancel', { body: { taskId } })).toMatchObject({
      status: 403,
      body: { code: 'forbidden' },
    })
    await call(server, 'GET', 'action=list&brandId=aurora')
    expect(authorize.mock.calls.map(([request]) => request)).toEqual([
      { principal: ada, action: 'create', brandId: 'aurora' },
      { principal: ada, action: 'cancel', brandId: undefined },
      { principal: ada, action: 'list', brandId: 'aurora' },
    ])
  })

  it('may be the whole tenant for somebody who is no operator', async () => {
    const server = await started(endless, {
      authorize: async ({ principal }) => (principal === ada ? 'own' : 'tenant'),
    })
    const taskId = await createReport(server)
    expect(await ids(server, 'linus')).toEqual([taskId])
  })

  it('is asked once for each brand of a batch, and one refusal refuses it whole', async () => {
    const authorize = vi.fn<Authorize>(({ brandId }) => brandId !== 'borealis' && 'own')
    const server = await started(endless, { authorize })
    const create = (...brandIds: string[]) =>
      call(server, 'POST', 'action=create', {
        user: 'linus',
        body: { tasks: brandIds.map((brandId) => ({ type: report.type, payload: report.payload, brandId })) },
      })
    expect((await create('aurora', 'aurora')).status).toBe(202)
    expect(authorize).toHaveBeenCalledTimes(1)
    expect((await create('aurora', 'borealis')).status).toBe(403)
    expect(await ids(server, 'linus')).toHaveLength(2)
  })

  it('is as narrow as the narrowest answer for the brands of a request', async () => {
    const answers = { aurora: 'tenant', borealis: 'brand', cassini: 'own' } as const
    const scopeFor = createAuthorization(({ brandId }) => answers[brandId as keyof typeof answers])
    const principal = parsePrincipal(linus, 'a test')
    const reachOf = async (...brandIds: string[]) => (await scopeFor(principal, 'create', brandIds)).reach
    expect(await reachOf('aurora')).toBe('tenant')
    expect(await reachOf('aurora', 'borealis')).toBe('brand')
    expect(await reachOf('aurora', 'borealis', 'cassini')).toBe('own')
  })

  it('never lets anybody create what would be out of their own sight', async () => {
    const server = await started(endless, { authorize: () => 'own' })
    const create = { body: { ...report, brandId: 'borealis' } }
    expect((await call(server, 'POST', 'action=create', create)).status).toBe(403)
    await expect(server.tasks.create(ada, create.body)).rejects.toMatchObject({ code: 'forbidden' })
  })

  it.each([true, undefined, null, 'all', 'TENANT', ['tenant'], 1, {}])(
    'stays closed when `authorize` answers %j: 500 for the caller, one line for the team',
    async (answer) => {
      const lines: LogEntry[] = []
      const server = await started(endless, {
        authorize: (() => answer) as unknown as Authorize,
        logger: createLogger({ sink: (entry) => lines.push(entry) }),
      })
      expect(await call(server, 'GET', 'action=list')).toMatchObject({ status: 500, body: { code: 'internal_error' } })
      expect(lines.filter(({ level }) => level === 'error')).toEqual([
        expect.objectContaining({ message: expect.stringMatching(/authorize answered .* is no reach/) as string }),
      ])
    },
  )
})
