import { createLogger, guardLogger, type TaskLogger } from '@brandkit/core'
import { createExchange, type ExchangeOptions } from './exchange.js'
import { createPageWire, type PageWire, type WireParts } from './page-wire.js'
import { createRenewal } from './renewal.js'
import { createSend } from './send.js'
import { sseTransport } from './sse-transport.js'
import type { StreamTransport } from './stream-transport.js'
import { assertUrl } from './to-request-url.js'
import { createWatchTasks } from './watch-tasks.js'

export interface TaskServiceOptions extends ExchangeOptions {
  /** Called once on a 401; `true` means that credentials were renewed and the request is sent once more. */
  onUnauthenticated?: (() => Promise<boolean>) | undefined
  /** How events reach a follower. `false`: not at all, it polls. Default: server-sent events over fetch. */
  stream?: false | StreamTransport | undefined
  /** Default: the console. */
  logger?: TaskLogger | undefined
}

/** The part of a task service that follows tasks and changes one at a time, as a page does. */
export interface PageService {
  readonly wire: PageWire
}

/**
 * Makes a client with the verbs of a page alone. What a page without a service of its own uses; a `TaskService` has them too.
 *
 * @throws TypeError when `url` is no path and no http or https address
 */
export function createPageService(options: TaskServiceOptions = {}): PageService {
  return { wire: createPageWire(createWireParts(options)) }
}

/** What sends the requests of a service and watches its stream. Sends nothing until it is called. */
export function createWireParts(options: TaskServiceOptions): WireParts {
  const { url, stream = sseTransport } = options
  if (url !== undefined) assertUrl(url, { schemes: /^https?$/ })
  const logger = guardLogger(options.logger ?? createLogger({ level: 'warn' })).scope('TaskService')
  const renewal = createRenewal(options.onUnauthenticated, logger)
  const exchange = createExchange(options, { renewal, logger })
  return {
    send: createSend({ exchange, logger }),
    watch: stream ? createWatchTasks({ url, exchange, renewal, transport: stream }) : undefined,
  }
}
