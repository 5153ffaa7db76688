import { createLogger, guardLogger, type TaskLogger } from '@brandkit/core'
import ky, { type KyInstance } from 'ky'
import type { Authorization } from './authorization.js'
import { createExchange } from './exchange.js'
import { createPageWire, type PageWire, type WireParts } from './page-wire.js'
import { createSend } from './send.js'
import { sseTransport } from './sse-transport.js'
import type { StreamTransport } from './stream-transport.js'
import { assertUrl } from './to-request-url.js'
import { createWatchTasks } from './watch-tasks.js'

export interface PageServiceOptions {
  /** The path or address where the protocol is mounted. Default `/api/jobs`. */
  url?: string | undefined
  /** Default: the console. */
  logger?: TaskLogger | undefined
}

/** The part of a task service that pages need: following tasks and changing one at a time. */
export interface PageService {
  readonly wire: PageWire
}

/**
 * Creates a client with only the verbs of a page, for servers that identify the user by a cookie. A `TaskService` has
 * more verbs and can replace it.
 *
 * @throws TypeError when `url` is neither a path nor an http or https address
 */
export function createPageService({ url, logger = createLogger({ level: 'warn' }) }: PageServiceOptions): PageService {
  if (url !== undefined) assertUrl(url, { schemes: /^https?$/ })
  return { wire: createPageWire(createWireParts({ url, logger, http: ky, stream: sseTransport })) }
}

interface ServiceParts {
  url: string | undefined
  logger: TaskLogger
  http: KyInstance
  authorization?: Authorization | undefined
  stream: false | StreamTransport
}

/** Creates the parts that send a service's requests and watch its stream. They send nothing until they are called. */
export function createWireParts({ url, http, authorization, stream, ...parts }: ServiceParts): WireParts {
  const logger = guardLogger(parts.logger).scope('TaskService')
  const exchange = createExchange({ url, http, authorization, logger })
  return {
    send: createSend({ exchange, logger }),
    watch: stream ? createWatchTasks({ url, exchange, authorization, transport: stream }) : undefined,
  }
}
