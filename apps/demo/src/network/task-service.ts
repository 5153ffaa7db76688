import { createTaskService } from '@brandkit/client'
import { consoleSink, createLogger } from '@brandkit/core'
import { network } from './network.ts'

/** The studio's client of the task server. Made once, because a new service would restart all following. */
export const taskService = createTaskService({ fetch: network.fetch, logger: createLogger() })

/** The client of the operator's desk: the server shows every task of the tenant to operators. */
export const operatorService = createTaskService({
  fetch: network.fetch,
  headers: () => ({ 'x-studio-desk': 'operations' }),
  stream: false,
  logger: createLogger({ sink: (entry) => entry.level === 'error' && consoleSink(entry) }),
})

/** The demo's own lines in the browser's console, beside those of the SDK. */
export const log = createLogger()
