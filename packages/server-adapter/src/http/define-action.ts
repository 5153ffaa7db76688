import type { Action, TaskCatalog, TaskLogger } from '@brandkit/core'
import type * as z from 'zod'
import type { Principal, TaskScope } from '../principal.js'
import type { QueueBackend } from '../queue/queue-backend.js'
import type { ChangeHub } from '../runtime/change-hub.js'
import type { CreateRate } from '../runtime/create-rate.js'
import type { Lifecycle } from '../runtime/lifecycle.js'
import type { Maintenance } from '../runtime/maintenance.js'
import type { Publisher } from '../runtime/publisher.js'
import type { ReleaseHeld } from '../runtime/release-held.js'
import type { TaskStream } from '../runtime/task-stream.js'
import type { TaskStreams } from '../runtime/task-streams.js'
import type { Worker } from '../runtime/worker.js'
import type { TaskStore } from '../store/task-store.js'
import type { TaskCreator } from '../runtime/task-creator.js'
import type { ServedOpenapi } from './openapi/serve-openapi.js'

/** What every action may use. */
export interface ActionServices {
  catalog: TaskCatalog
  store: TaskStore
  changes: ChangeHub
  streams: TaskStreams
  queue: QueueBackend
  publisher: Publisher
  worker: Worker
  maintenance: Maintenance
  creator: TaskCreator
  createRate: CreateRate
  releaseHeld: ReleaseHeld
  lifecycle: Lifecycle
}

export interface ActionContext<Request, Who> extends ActionServices {
  /** The validated body or query. */
  request: Request
  /** The caller, and what the caller may see. Null for actions that a queue calls. */
  principal: Who
  scope: Who extends null ? null : TaskScope
  headers: Headers
  /** Authenticates the request once more: what its caller may see by now, null when nobody is signed in any more. */
  currentScope: () => Promise<TaskScope | null>
  /** What the answer carries, whether it is a reply or a problem. */
  replyHeaders: Headers
  traceId: string
  /** Scoped `[API/Jobs]`. */
  logger: TaskLogger
}

/** What an action answers. */
export interface ActionReply {
  status?: number
  headers?: Record<string, string>
  /** JSON (a string is its text), or a stream of text with a content type of its own; `null` for answers without content. */
  body: object | string | ReadableStream<Uint8Array> | null
  /** Instead of a body: events, which the door that the caller came by turns into SSE or WebSocket messages. */
  stream?: TaskStream
}

/** What an action for anybody may use: neither caller nor store. */
export interface PublicContext<Request> {
  request: Request
  headers: Headers
  /** What the server says of itself. */
  openapi: () => ServedOpenapi
}

interface DefinedAction {
  name: Action
  schema: { request: z.ZodType }
  /** Largest body in bytes. */
  maxBytes: number
}

/** `principal`: somebody must be signed in. `queue`: the backend checks the delivery's signature. */
interface ServiceAction extends DefinedAction {
  caller: 'principal' | 'queue'
  run(context: ActionContext<never, never>): Promise<ActionReply>
}

interface PublicAction extends DefinedAction {
  caller: 'anybody'
  run(context: PublicContext<never>): Promise<ActionReply>
}

export type ActionDefinition = ServiceAction | PublicAction

const SMALL_BODY = 64 * 1024

interface ActionOptions<Schema> {
  schema: Schema
  /** Default 64 KiB. */
  maxBytes?: number
}

/** An action of a signed-in caller: one verb, its schema, and what it does. */
export function defineAction<Schema extends { request: z.ZodType }>(
  name: Action,
  { schema, maxBytes = SMALL_BODY }: ActionOptions<Schema>,
  run: (context: ActionContext<z.output<Schema['request']>, Principal>) => Promise<ActionReply>,
): ActionDefinition {
  return { name, schema, maxBytes, caller: 'principal', run }
}

/** An action that a push queue calls. */
export function defineQueueAction<Schema extends { request: z.ZodType }>(
  name: Action,
  { schema, maxBytes = SMALL_BODY }: ActionOptions<Schema>,
  run: (context: ActionContext<z.output<Schema['request']>, null>) => Promise<ActionReply>,
): ActionDefinition {
  return { name, schema, maxBytes, caller: 'queue', run }
}

/** An action for anybody. It must hold no data of anyone. */
export function definePublicAction<Schema extends { request: z.ZodType }>(
  name: Action,
  { schema, maxBytes = SMALL_BODY }: ActionOptions<Schema>,
  run: (context: PublicContext<z.output<Schema['request']>>) => Promise<ActionReply>,
): ActionDefinition {
  return { name, schema, maxBytes, caller: 'anybody', run }
}
