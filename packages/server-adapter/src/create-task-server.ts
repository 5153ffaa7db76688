import type { TaskCatalog } from '@brandkit/core'
import { assembleTaskServer } from './assemble-task-server.js'
import { createServerParts } from './server-parts.js'
import type { TaskServer } from './task-server.js'
import type { TaskServerOptions } from './task-server-options.js'

export type { TaskServer } from './task-server.js'

/**
 * Makes a server that keeps tasks in `store`, delivers them by `queue` and runs them with `generators`. Does no I/O
 * before its first use, because frameworks import routes at build time.
 *
 * Without `store` and `queue`, and unless `NODE_ENV` is `production`, tasks are kept by PGlite in `.brandkit/tasks` under the
 * working directory and delivered by pg-boss (peers `@electric-sql/pglite` and `pg-boss`); the log says so.
 *
 * @throws TypeError when an option is missing or contradicts another
 */
export function createTaskServer<const C extends TaskCatalog>(options: TaskServerOptions<C>): TaskServer {
  return assembleTaskServer(options, createServerParts())
}
