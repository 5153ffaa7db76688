import { silentLogger } from '@brandkit/core'
import { describe, expect, it } from 'vitest'
import { createAnsweringServer, failureOf, input, json, problem, task } from './answering-server.fixture.js'
import { createPageService } from './page-service.js'

const server = createAnsweringServer()
const open = () => createPageService({ url: `${server.base()}/api/jobs`, logger: silentLogger }).wire

describe('the service of a page', () => {
  it('creates, cancels and deletes one task at a time', async () => {
    const wire = open()
    server.answer = json({ task })
    await expect(wire.create(input)).resolves.toMatchObject({ taskId: 'task-1' })
    await expect(wire.cancel('task-1')).resolves.toMatchObject({ taskId: 'task-1' })
    server.answer = json({ taskId: 'task-1' })
    await wire.delete('task-1')
    expect(server.received.map(({ url, body }) => [url.searchParams.get('action'), body])).toEqual([
      ['create', input],
      ['cancel', { taskId: 'task-1' }],
      ['delete', { taskId: 'task-1' }],
    ])
  })

  it('has nothing to renew, so a 401 is final', async () => {
    server.answer = problem('unauthenticated', 401)
    await expect(failureOf(open().getStatus('task-1'))).resolves.toMatchObject({ code: 'unauthenticated' })
    expect(server.received).toHaveLength(1)
  })

  it('refuses an address that no request could be sent to', () => {
    expect(() => createPageService({ url: 'localhost:3000/api/jobs' })).toThrow('must be a path')
  })
})
