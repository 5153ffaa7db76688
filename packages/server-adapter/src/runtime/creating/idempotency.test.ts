import { describe, expect, it } from 'vitest'
import { keepSampleServers } from '../../../proofs/fixtures/sample-servers.js'
import { call, report, sampleServer } from '../../../proofs/fixtures/sample-tasks.js'

const { keep } = keepSampleServers()

describe('an Idempotency-Key', () => {
  it('of one task is not that of a batch which holds the same task alone, nor the other way round', async () => {
    const server = keep(sampleServer())
    const create = (body: object, key: string) =>
      call(server, 'POST', 'action=create', { body, headers: { 'idempotency-key': key } })
    const reused = { status: 422, body: { code: 'idempotency_key_reused' } }
    expect((await create(report, 'one')).status).toBe(202)
    expect(await create({ tasks: [report] }, 'one')).toMatchObject(reused)
    expect((await create({ tasks: [report] }, 'batch')).status).toBe(202)
    expect(await create(report, 'batch')).toMatchObject(reused)
  })

  it('gives the same batch back', async () => {
    const server = keep(sampleServer())
    const create = () =>
      call(server, 'POST', 'action=create', { body: { tasks: [report, report] }, headers: { 'idempotency-key': 'k' } })
    const [first, second] = [await create(), await create()]
    expect(second.body).toEqual(first.body)
  })
})
