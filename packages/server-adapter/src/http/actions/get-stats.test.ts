import { PROTOCOL } from '@brandkit/core/schemas'
import { describe, expect, it, vi } from 'vitest'
import { keepSampleServers } from '../../../proofs/fixtures/sample-servers.js'
import { call, createReport, makeReport } from '../../../proofs/fixtures/sample-tasks.js'

const { started } = keepSampleServers()

async function busyServer() {
  const server = await started(makeReport)
  await createReport(server)
  await vi.waitFor(async () => expect(await server.stats()).toMatchObject({ completed: 1 }))
  return server
}

describe('action=stats', () => {
  it('shows an operator how things stand in the tenant', async () => {
    const server = await busyServer()
    const { status, body } = await call(server, 'GET', 'action=stats', { user: 'grace' })
    expect(status).toBe(200)
    expect(PROTOCOL.stats.response.parse(body)).toEqual(body)
    expect(body).toMatchObject({
      queued: 0,
      completed: 1,
      waitingMessages: 0,
      endedPerMinute: 0.2,
      durations: { MAKE_REPORT: { count: 1 } },
    })
  })

  it('shows the figures of another tenant to nobody', async () => {
    const server = await busyServer()
    const { body } = await call(server, 'GET', 'action=stats', { user: 'mallory' })
    expect(body).toMatchObject({ completed: 0, endedPerMinute: 0, durations: {} })
  })

  it('is for operators only', async () => {
    const server = await busyServer()
    expect(await call(server, 'GET', 'action=stats')).toMatchObject({ status: 403, body: { code: 'forbidden' } })
  })

  it('is what `server.stats()` gives to server code', async () => {
    const server = await busyServer()
    const { body } = await call(server, 'GET', 'action=stats', { user: 'grace' })
    expect(await server.stats({ tenantId: 'acme' })).toEqual(body)
    expect(await server.stats()).toEqual(body)
  })
})
