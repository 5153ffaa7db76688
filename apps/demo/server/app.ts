import type { TaskServer } from '@brandkit/server-adapter'
import { toNode } from '@brandkit/server-adapter/node'
import { fileURLToPath } from 'node:url'
import { composeGenerators, composeTasks, type GeneratorSettings, type TaskSettings } from './compose-tasks.ts'
import { openDataFolder } from './data-folder.ts'
import { acceptUpgrades, addressOf, DEFAULT_HOST, listen } from './listen.ts'
import type { Environment } from './read-environment.ts'
import { routeRequest, type Routes } from './route-request.ts'
import { createSessions } from './session.ts'
import { toStartError } from './start-error.ts'
import { createStaticFiles } from './static-files.ts'
import { createArmedFaults } from './trace/armed-faults.ts'
import { createTraceLog } from './trace/trace-log.ts'
import type { TraceServices } from './trace/trace-routes.ts'

const WEB_APP = fileURLToPath(new URL('../dist', import.meta.url))

export interface DemoOptions
  extends
    TaskSettings,
    GeneratorSettings,
    Partial<Pick<Environment, 'port' | 'host' | 'databaseUrl' | 'sessionSecret'>> {
  dataFolder: string
  /** Whether this process works on tasks too. Default true; where `false`, other processes must. */
  works?: boolean
  /** Ends this process by SIGKILL. Defined only under the supervisor, which starts it again. */
  kill?: (() => void) | undefined
}

export interface Demo {
  /** `http://localhost:3000`, without a slash at the end. */
  readonly url: string
  /** Stops taking requests, lets work in hand finish or gives it back, closes the database. */
  stop(): Promise<void>
}

/**
 * Starts the demo: the web app, the sessions and the task endpoint on one port, and the worker beside them.
 *
 * @throws StartError in one sentence when it cannot
 */
export async function startDemo({ port = 0, host = DEFAULT_HOST, ...options }: DemoOptions): Promise<Demo> {
  const { works = true, databaseUrl } = options
  const places = findPlaces(options)
  const files = createStaticFiles(WEB_APP)

  // The port first: when the demo runs already, its port says so more clearly than its locked database.
  let routes: Routes | undefined
  const http = await listen(
    toNode({ handler: async (request: Request) => (routes ? await routeRequest(request, routes) : starting()) }),
    { port, host },
  )

  const closePort = () =>
    new Promise<void>((resolve) => {
      http.close(() => resolve())
      http.closeIdleConnections()
    })
  try {
    const sessions = createSessions(places.sessionSecret)
    const authenticate = (request: Request) => sessions.authenticate(request)
    const traceLog = createTraceLog()
    const { simulateFaults = true, kill } = options
    // Only where the work is done can it be made to fail.
    const faults = works && simulateFaults ? createArmedFaults() : undefined
    const generators = composeGenerators(options)
    const tasks = composeTasks({
      ...options,
      database: places.database,
      authenticate,
      generators: faults ? faults.wrap(generators) : generators,
      logger: traceLog.listen(options.logger),
      onEvent: (event) => traceLog.notice(event),
    })
    await (works ? tasks.start() : connect(tasks))
    await acceptUpgrades(http, tasks)
    const readTask: TraceServices['readTask'] = (principal, taskId) => tasks.as(principal).getStatus(taskId)
    const trace = { traceLog, authenticate, readTask, faults, kill }
    routes = { tasks, sessions, trace, files, logger: options.logger }
    return {
      url: addressOf(http, host),
      async stop() {
        const closed = closePort()
        await tasks.stop()
        http.closeAllConnections()
        await closed
      },
    }
  } catch (error) {
    http.closeAllConnections()
    await closePort()
    throw toStartError(error, databaseUrl)
  }
}

/** On Postgres, and with a secret from outside, nothing is kept on this machine. */
function findPlaces({ databaseUrl, dataFolder, sessionSecret }: Omit<DemoOptions, 'port' | 'host'>) {
  if (databaseUrl && sessionSecret) return { database: databaseUrl, sessionSecret }
  const folder = openDataFolder(dataFolder)
  return { database: databaseUrl ?? folder.database, sessionSecret: sessionSecret ?? folder.sessionSecret }
}

/** A process that only serves would connect at its first request; asked now, a wrong address shows at start. */
async function connect(tasks: TaskServer): Promise<void> {
  await tasks.stats()
}

function starting(): Response {
  return Response.json({ status: 'starting' }, { status: 503, headers: { 'retry-after': '1' } })
}
