import { brandTasks, type TaskLogger } from '@brandkit/core'
import { createTaskServer } from '@brandkit/server-adapter'
import { toNode } from '@brandkit/server-adapter/node'
import { pgBossQueue } from '@brandkit/server-adapter/pg-boss'
import { postgresStore } from '@brandkit/server-adapter/postgres'
import { fileURLToPath } from 'node:url'
import { type DataFolder, openDataFolder } from './data-folder.ts'
import { createFeeds } from './feeds/create-feeds.ts'
import { createGenerators } from './generators/create-generators.ts'
import { createLanguageModel } from './model/create-language-model.ts'
import { addressOf, DEFAULT_HOST, listen } from './listen.ts'
import type { Environment } from './read-environment.ts'
import { type Routes, routeRequest } from './route-request.ts'
import { createSessions, type Sessions } from './session.ts'
import { createStaticFiles } from './static-files.ts'
import { toStartError } from './to-start-error.ts'

const WEB_APP = fileURLToPath(new URL('../dist', import.meta.url))

export interface DemoOptions extends Partial<Omit<Environment, 'dataFolder'>> {
  dataFolder: string
  logger: TaskLogger
  /** Tasks that run at once. Default 10. */
  concurrency?: number
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
  const folder = openDataFolder(options.dataFolder)
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
    const sessions = createSessions(folder.sessionSecret)
    const tasks = createTasks(folder, options, sessions)
    await tasks.start()
    routes = { tasks, sessions, files, logger: options.logger }
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
    throw toStartError(error, options.databaseUrl)
  }
}

function createTasks(
  folder: DataFolder,
  {
    concurrency,
    databaseUrl,
    languageModel,
    leaseMs,
    logger,
    paceMs,
    simulateFaults = true,
    stepLedger,
    trendFeeds,
    trendFeedsNetwork,
  }: Omit<DemoOptions, 'port' | 'host'>,
  sessions: Sessions,
) {
  return createTaskServer({
    catalog: brandTasks,
    store: postgresStore(databaseUrl ?? folder.database),
    queue: pgBossQueue(),
    authenticate: (request) => sessions.authenticate(request),
    // Grace is an operator, and yet her own pages show her own tasks.
    authorize: () => 'own',
    generators: createGenerators({
      paceMs,
      stepLedger,
      simulatedFaults: simulateFaults ? 'heeded' : 'ignored',
      model: languageModel && createLanguageModel(languageModel),
      feeds: createFeeds({ list: trendFeeds, network: trendFeedsNetwork }),
    }),
    concurrency,
    logger,
    timings: leaseMs === undefined ? {} : { leaseMs, beatMs: leaseMs / 4, maintenanceMs: leaseMs / 4 },
  })
}

function starting(): Response {
  return Response.json({ status: 'starting' }, { status: 503, headers: { 'retry-after': '1' } })
}
