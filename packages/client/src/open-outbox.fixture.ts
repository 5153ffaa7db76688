import { silentLogger, type TaskJson } from '@brandkit/core'
import { createFakeTaskServer } from '@brandkit/server-adapter/testing/fake-server'
import { createOutbox, type OutboxOptions } from './outbox.js'
import { createStorage } from './storage.fixture.js'
import { createTaskService } from './task-service.js'

/** A browser with storage, a network that the test breaks, and a page that can be opened again. */
export function setUp(options: Partial<OutboxOptions> = {}) {
  const server = createFakeTaskServer({ scenario: null })
  const state = { answer: server.fetch, time: Date.UTC(2027, 2, 1) }
  const storage = createStorage()
  const created: TaskJson[] = []
  const service = createTaskService({
    url: 'http://fake.test/api/jobs',
    logger: silentLogger,
    fetch: async (resource, init) => state.answer(resource, init),
  })
  const open = (more: Partial<OutboxOptions> = {}) =>
    createOutbox({
      wire: service.wire,
      userId: 'ada',
      onCreated: (task) => created.push(task),
      storage,
      now: () => state.time,
      logger: silentLogger,
      ...options,
      ...more,
    })
  return { server, state, storage, created, open }
}

/** The network of a device without one. */
export const offline: typeof fetch = async () => {
  throw new TypeError('offline')
}
