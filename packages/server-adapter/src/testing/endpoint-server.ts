import { createBackoffPolicy, silentLogger } from '@brandkit/core'
import { createTaskServer, type TaskServer } from '../create-task-server.js'
import { memoryQueue, memoryStore } from '../memory.js'
import type { TaskServerOptions } from '../task-server-options.js'
import { endpointGenerators, endpointNotify } from './endpoint/endpoint-generators.js'
import { authenticateEndpoint, authorizeEndpoint, endpointLimits, endpointTiers } from './endpoint/endpoint-people.js'
import { endpointTasks } from './endpoint/endpoint-tasks.js'
import type { OpenEndpoint } from './endpoint/endpoint-caller.js'
import type { OpenMount } from './mount/mount-in-hand.js'

/** A server of `endpointTasks`, as `describeTaskEndpoint` needs it. Default: in memory. The caller must start it. */
export function createEndpointServer(
  drivers: Pick<TaskServerOptions<typeof endpointTasks>, 'store' | 'queue'> = {
    store: memoryStore(),
    queue: memoryQueue(),
  },
): TaskServer {
  return createTaskServer({
    catalog: endpointTasks,
    ...drivers,
    authenticate: authenticateEndpoint,
    authorize: authorizeEndpoint,
    limits: endpointLimits,
    tiers: endpointTiers,
    generators: endpointGenerators,
    notify: endpointNotify,
    // Tasks of the course `lasts` keep their slots until they are cancelled.
    concurrency: 50,
    backoff: createBackoffPolicy({ baseMs: 1, ceilingMs: 5 }),
    timings: { drainMs: 50 },
    logger: silentLogger,
  })
}

/** Starts such a server behind a mount. */
export async function openEndpoint(mount: (server: TaskServer) => Promise<OpenMount>): Promise<OpenEndpoint> {
  const server = createEndpointServer()
  await server.start()
  const { url, close } = await mount(server)
  return {
    url,
    async close() {
      await server.stop()
      await close()
    },
  }
}
