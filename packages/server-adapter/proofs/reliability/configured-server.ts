import { silentLogger } from '@brandkit/core'
import { createTaskServer, type TaskServer } from '../../src/create-task-server.js'
import { memoryQueue, memoryStore } from '../../src/memory.js'

/** A server without users, with the options under test as plain JavaScript may write them. */
export function configuredServer(options: object): TaskServer {
  return createTaskServer({
    catalog: {},
    store: memoryStore(),
    queue: memoryQueue(),
    authenticate: () => null,
    generators: {},
    logger: silentLogger,
    ...options,
  })
}
