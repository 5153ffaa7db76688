import { afterAll, describe, expect, it, vi } from 'vitest'
import { call, createReport, linus, sampleServer, statusOf } from '../testing/sample-tasks.js'

const server = sampleServer()
afterAll(() => server.stop())

describe('a hostile request', () => {
  it('sees nothing more by the cursor of another user', async () => {
    for (let count = 0; count < 2; count += 1) await createReport(server)
    const { body } = await call(server, 'GET', 'action=list&limit=1')
    const cursor = encodeURIComponent((body as unknown as { nextCursor: string }).nextCursor)
    const foreign = await call(server, 'GET', `action=list&limit=1&cursor=${cursor}`, { user: linus.userId })
    expect(foreign).toMatchObject({ status: 200, body: { tasks: [], nextCursor: null } })
  })

  it('is told of an id once, however often it names it', async () => {
    const taskId = await createReport(server)
    const { body } = await call(server, 'GET', `action=status&taskIds=${taskId},${taskId},nobody,nobody`)
    expect(body).toMatchObject({ tasks: [{ taskId }], missing: ['nobody'] })
  })
})

describe('a step whose name would be an event of its own', () => {
  it('fails its task, and becomes no step of it', async () => {
    const own = sampleServer(async ({ step }) => {
      await step('draft\n\nevent: x' as 'draft', () => [])
      return { reportId: 'r1', pages: 1 }
    })
    await own.start()
    const taskId = await createReport(own)
    await vi.waitFor(async () => expect((await statusOf(own, taskId)).status).toBe('failed'))
    const failed = await statusOf(own, taskId)
    expect(failed.errorCode).toBe('generator_refused')
    expect(failed.steps?.map(({ key }) => key)).toEqual(['draft', 'print'])
    await own.stop()
  })
})
