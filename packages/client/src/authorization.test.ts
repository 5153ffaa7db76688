import { describe, expect, it } from 'vitest'
import { input, json, problem, task, createAnsweringServer } from './answering-server.fixture.js'
import type { TaskServiceOptions } from './task-service.js'

const server = createAnsweringServer()

describe('a 401', () => {
  it('is renewed once, and the same request is sent again under the same key', async () => {
    let token = 'old'
    server.answer = (response, entry) =>
      (entry.headers.authorization === 'new' ? json({ task }) : problem('unauthenticated', 401))(response, entry)
    const service = server.open({
      headers: () => ({ authorization: token }),
      onUnauthenticated: async () => {
        token = 'new'
        return true
      },
    })
    await expect(service.createBackgroundTask(input)).resolves.toMatchObject({ taskId: 'task-1' })
    expect(server.received.map(({ headers }) => headers.authorization)).toEqual(['old', 'new'])
    expect(new Set(server.received.map(({ headers }) => headers['idempotency-key'])).size).toBe(1)
  })

  it('shares one renewal among all requests that it refused, also one that is told late', async () => {
    let token = 'old'
    let renewals = 0
    const held: (() => void)[] = []
    server.answer = (response, entry) => {
      if (entry.headers.authorization === 'new') return json({ task })(response, entry)
      const refuse = () => problem('unauthenticated', 401)(response, entry)
      if ((entry.body as { taskId: string }).taskId === 'late') held.push(refuse)
      else refuse()
    }
    const service = server.open({
      headers: () => ({ authorization: token }),
      onUnauthenticated: async () => {
        renewals += 1
        token = 'new'
        return true
      },
    })
    const late = service.cancelTask('late')
    await expect.poll(() => server.received.length).toBe(1)
    await Promise.all(['a', 'b', 'c'].map((taskId) => service.cancelTask(taskId)))
    expect(held).toHaveLength(1)
    held[0]?.()
    await late
    expect(renewals).toBe(1)
  })

  it('is final when the renewed credentials are refused too', async () => {
    server.answer = problem('unauthenticated', 401)
    let renewals = 0
    const onUnauthenticated = async () => (renewals += 1) > 0
    await expect(server.open({ onUnauthenticated }).getStatus('task-1')).rejects.toMatchObject({
      code: 'unauthenticated',
    })
    expect([renewals, server.received.length]).toEqual([1, 2])
  })

  it.each<[string, TaskServiceOptions['onUnauthenticated']]>([
    ['there is no renewal', undefined],
    ['the renewal says no', async () => false],
    ['the renewal fails', async () => Promise.reject(new Error('offline'))],
  ])('is final when %s', async (_name, onUnauthenticated) => {
    server.answer = problem('unauthenticated', 401)
    await expect(server.open({ onUnauthenticated }).getStatus('task-1')).rejects.toMatchObject({
      code: 'unauthenticated',
      status: 401,
    })
    expect(server.received).toHaveLength(1)
  })
})
