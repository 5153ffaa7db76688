import { afterEach, describe, expect, it, vi } from 'vitest'
import type { TaskServer } from '../../create-task-server.js'
import {
  call,
  createReport,
  endless,
  makeReport,
  sampleServer,
  statusOf,
} from '../../../proofs/fixtures/sample-tasks.js'

let server: TaskServer
afterEach(() => server.stop())

const remove = (taskId: string, user = 'ada') => call(server, 'POST', 'action=delete', { user, body: { taskId } })

async function endedReport(): Promise<string> {
  server = sampleServer(makeReport)
  await server.start()
  const taskId = await createReport(server)
  await vi.waitFor(async () => expect((await statusOf(server, taskId)).status).toBe('completed'))
  return taskId
}

describe('action=delete', () => {
  it('removes an ended task from the list, and its id answers 410 from then on', async () => {
    const taskId = await endedReport()
    expect(await remove(taskId)).toMatchObject({ status: 200, body: { taskId } })
    expect(await call(server, 'GET', `action=status&taskId=${taskId}`)).toMatchObject({
      status: 410,
      body: { code: 'task_gone' },
    })
    expect((await call(server, 'GET', 'action=list')).body).toMatchObject({ tasks: [] })
    expect((await remove(taskId)).status).toBe(200)
  })

  it('refuses a task that is still under way', async () => {
    server = sampleServer(endless)
    const taskId = await createReport(server)
    expect(await remove(taskId)).toMatchObject({ status: 409, body: { code: 'task_is_active' } })
    expect((await statusOf(server, taskId)).status).toBe('queued')
  })

  it('says of somebody else’s task what it says of none', async () => {
    const taskId = await endedReport()
    const foreign = await remove(taskId, 'linus')
    const unknown = await remove(crypto.randomUUID(), 'linus')
    expect(foreign.status).toBe(404)
    expect({ ...foreign.body, traceId: '' }).toEqual({ ...unknown.body, traceId: '' })
    expect((await statusOf(server, taskId)).status).toBe('completed')
  })
})
