import { describe, expect, it } from 'vitest'
import { keepSampleServers } from '../../../proofs/fixtures/sample-servers.js'
import { call, createReport, endless, report, statusOf } from '../../../proofs/fixtures/sample-tasks.js'

const { started } = keepSampleServers()

async function serverWithBatch() {
  const server = await started(endless)
  const { body } = await call(server, 'POST', 'action=create', { body: { tasks: [report, report] } })
  const { batchId, tasks } = body as unknown as { batchId: string; tasks: { taskId: string }[] }
  const cancel = (request: object, user = 'ada') => call(server, 'POST', 'action=cancel', { user, body: request })
  return { server, batchId, ids: tasks.map(({ taskId }) => taskId), cancel }
}

describe('action=cancel of several', () => {
  it('tells of each what became of it, in the order asked for', async () => {
    const { server, ids, cancel } = await serverWithBatch()
    const other = await createReport(server)
    await cancel({ taskId: other })
    const { body } = await cancel({ taskIds: [other, 'nobody', ids[0]] })
    expect(body).toEqual({
      outcomes: [
        { taskId: other, outcome: 'cancelled' },
        { taskId: 'nobody', outcome: 'missing' },
        { taskId: ids[0], outcome: 'cancelled' },
      ],
    })
    expect((await statusOf(server, ids[0] ?? '')).status).toBe('cancelled')
  })

  it('takes a batch whole', async () => {
    const { server, batchId, ids, cancel } = await serverWithBatch()
    expect((await cancel({ batchId })).body).toMatchObject({
      outcomes: [{ outcome: 'cancelled' }, { outcome: 'cancelled' }],
    })
    for (const taskId of ids) expect((await statusOf(server, taskId)).status).toBe('cancelled')
  })

  it.each(['linus', 'mallory'])('says to %s of foreign tasks and batches what it says of none', async (user) => {
    const { server, batchId, ids, cancel } = await serverWithBatch()
    const foreign = await cancel({ taskIds: ids }, user)
    expect(foreign.body).toMatchObject({ outcomes: ids.map((taskId) => ({ taskId, outcome: 'missing' })) })
    const [whole, unknown] = [await cancel({ batchId }, user), await cancel({ batchId: 'nobody' }, user)]
    expect(whole.status).toBe(404)
    expect({ ...whole.body, traceId: '' }).toEqual({ ...unknown.body, traceId: '' })
    for (const taskId of ids) expect((await statusOf(server, taskId)).status).not.toBe('cancelled')
  })
})
