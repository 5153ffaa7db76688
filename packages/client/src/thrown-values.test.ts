import { createLogger, silentLogger, type TaskWire } from '@brandkit/core'
import { UNPRINTABLE } from '@brandkit/tooling/unprintable'
import { describe, expect, it, vi } from 'vitest'
import { createAnsweringServer, input, json, problem, task } from './answering-server.fixture.js'
import { createOutbox } from './outbox.js'
import { createTaskFollower } from './task-follower.js'

const server = createAnsweringServer()

describe.each(UNPRINTABLE)('an app that throws %s', (_, make) => {
  const refuse = () => {
    throw make()
  }
  const refuseLater = async () => refuse()

  it.each([
    ['fetch', { fetch: refuseLater }, 'network_error'],
    ['headers', { headers: refuse }, 'invalid_request'],
    ['onUnauthenticated', { onUnauthenticated: refuseLater }, 'unauthenticated'],
  ])('gets a TaskError for what its %s threw', async (__, options, code) => {
    server.answer = problem('unauthenticated', 401)
    await expect(server.open({ ...options, logger: silentLogger }).getStatus('task-1')).rejects.toMatchObject({ code })
  })

  it('gets its answer whatever its log does', async () => {
    for (const level of ['debug', 'info', 'warn', 'error'] as const) vi.spyOn(console, level).mockReturnValue()
    server.answer = json({ task })
    const logger = { ...createLogger({ sink: refuse }), scope: refuse }
    await expect(server.open({ logger }).getStatus('task-1')).resolves.toMatchObject({ taskId: 'task-1' })
    vi.restoreAllMocks()
  })

  it('gets a TaskError for a payload whose toJSON threw', async () => {
    const payload = { toJSON: refuse } as never
    await expect(server.open().createBackgroundTask({ ...input, payload })).rejects.toMatchObject({
      code: 'invalid_payload',
    })
  })

  it('is asked again after a stream of its own that broke', async () => {
    const getStatuses = vi.fn<TaskWire['getStatuses']>(refuseLater)
    const follower = createTaskFollower({
      service: { wire: { getStatuses, watch: refuseLater } },
      onTasks: () => {},
      logger: silentLogger,
    })
    const stop = follower.follow('task-1')
    await vi.waitFor(() => expect(follower.msUntilDue()).toBe(0))
    await follower.poll().catch(() => {})
    expect(getStatuses).toHaveBeenCalledTimes(1)
    expect(follower.msUntilDue()).toBeGreaterThan(0)
    stop()
    follower.pause()
  })

  it('keeps nothing for later, because nobody knows what it was', async () => {
    const outbox = createOutbox({ wire: { create: refuseLater }, userId: 'ada', logger: silentLogger })
    const created = await outbox.create(input).then(
      () => 'created',
      () => 'refused',
    )
    expect([created, outbox.entries()]).toEqual(['refused', []])
  })
})
