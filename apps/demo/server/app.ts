import { TaskError } from '@brandkit/core'
import type { TaskServer } from '@brandkit/server-adapter'
import { toNode } from '@brandkit/server-adapter/node'
import { fileURLToPath } from 'node:url'
import { composeGenerators, composeTasks, type GeneratorSettings, type TaskSettings } from './task-policy.ts'
import { chooseStore } from './backends.ts'
import { openDataFolder } from './data-folder.ts'
import {
  acceptUpgrades,
  addressOf,
  createStaticFiles,
  DEFAULT_HOST,
  listen,
  routeRequest,
  type Routes,
} from './listen.ts'
import { composeNotices, createWishes } from './notices.ts'
import type { Environment } from './environment.ts'
import { createSessions } from './session.ts'
import { toStartError } from './start-error.ts'
import { createArmedFaults, createTraceLog, type TraceServices } from './trace.ts'

const WEB_APP = fileURLToPath(new URL('../dist', import.meta.url))

export interface DemoOptions
  extends
    TaskSettings,
    GeneratorSettings,
    Partial<
      Pick<
        Environment,
        'port' | 'host' | 'databaseUrl' | 'payloadKeys' | 'sessionSecret' | 'smtpUrl' | 'vapid' | 'studioUrl'
      >
    > {
  dataFolder: string
  /** Whether this process also works on tasks. Default true; with `false`, other processes must work. */
  works?: boolean
  /** Ends this process by SIGKILL. Defined only under the supervisor, which starts the process again. */
  kill?: (() => void) | undefined
}

export interface Demo {
  /** `http://localhost:3000`, without a final slash. */
  readonly url: string
  /** Stops accepting requests, lets running work finish or hands it back, and closes the database. */
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

  // Opens the port before the database: if the demo already runs, a used port is a clearer message than a locked database.
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
    // Faults can be armed only in a process that works on tasks.
    const faults = works && simulateFaults ? createArmedFaults() : undefined
    const generators = composeGenerators(options)
    // A folder opens PGlite, a URL opens Postgres.
    const store = chooseStore(places.database, options)
    const wishes = createWishes(store)
    const { smtpUrl, vapid = places.vapid, studioUrl = addressOf(http, host) } = options
    const tasks = composeTasks({
      ...options,
      store,
      notify: composeNotices({ smtpUrl, studioUrl, vapid }, wishes),
      authenticate,
      generators: faults ? faults.wrap(generators) : generators,
      logger: traceLog.listen(options.logger),
      onEvent: (event) => traceLog.notice(event),
    })
    await (works ? tasks.start() : connect(tasks))
    await acceptUpgrades(http, tasks)
    const readOwnTask: TraceServices['readOwnTask'] = async (principal, taskId) => {
      const task = await tasks.as(principal).getStatus(taskId)
      // Colleagues see the task, but its log and its faults are its owner's business.
      if (task.userId === principal.userId) return task
      throw new TaskError('task_not_found', 'Only the owner of a task may trace it.')
    }
    const trace = { traceLog, authenticate, readOwnTask, faults, kill }
    const notices = { wishes, canMail: smtpUrl !== undefined, pushKey: vapid?.publicKey ?? null }
    routes = { tasks, sessions, trace, notices, files, logger: options.logger }
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

/** With Postgres and a secret from the environment, the demo keeps no files on this machine. */
function findPlaces({ databaseUrl, dataFolder, sessionSecret }: Omit<DemoOptions, 'port' | 'host'>) {
  if (databaseUrl && sessionSecret) return { database: databaseUrl, sessionSecret, vapid: undefined }
  const folder = openDataFolder(dataFolder)
  const { database, vapid } = folder
  return { database: databaseUrl ?? database, sessionSecret: sessionSecret ?? folder.sessionSecret, vapid }
}

/**
 * Asks the store now, because a process that only serves would connect at its first request. A wrong address shows at
 * start.
 */
async function connect(tasks: TaskServer): Promise<void> {
  await tasks.stats()
}

function starting(): Response {
  return Response.json({ status: 'starting' }, { status: 503, headers: { 'retry-after': '1' } })
}
