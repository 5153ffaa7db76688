import type { Action, TaskCatalog, TaskLogger } from '@brandkit/core'
import type * as z from 'zod'
import type { Clock } from '../clock.js'
import type { KnownPrincipal, TaskScope } from '../principal.js'
import type { QueueBackend } from '../queue/queue-backend.js'
import type { AuthorizedAction } from '../runtime/authorization.js'
import type { ChangeHub } from '../runtime/watching/change-hub.js'
import type { CreateRate } from '../runtime/creating/create-rate.js'
import type { Estimates } from '../runtime/estimating/estimates.js'
import type { ReadHealth } from '../runtime/connecting/health.js'
import type { Lifecycle } from '../runtime/lifecycle.js'
import type { Maintenance } from '../runtime/maintenance.js'
import type { Publisher } from '../runtime/publisher.js'
import type { ReadStats } from '../runtime/estimating/read-stats.js'
import type { ReleaseHeld } from '../runtime/running/release-held.js'
import type { TaskStream } from '../runtime/watching/task-stream.js'
import type { TaskStreams } from '../runtime/watching/task-streams.js'
import type { Worker } from '../runtime/running/worker.js'
import type { TaskStore } from '../store/task-store.js'
import type { TaskCreator } from '../runtime/creating/task-creator.js'
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
  estimates: Estimates
  readStats: ReadStats
  clock: Clock
  /** Aborts when the server stops: whoever only waits is answered at once. */
  closing: AbortSignal
}

/** What every request brings along, however it came in. */
export interface RequestContext {
  headers: Headers
  /** Aborts when nobody waits for the answer any more. */
  signal: AbortSignal
  /** What the answer carries, whether it is a reply or a problem. */
  replyHeaders: Headers
  traceId: string
  /** Scoped `[API/Jobs]`. */
  logger: TaskLogger
}

/** What an action of a signed-in caller may use. */
export interface ActionContext<Request> extends ActionServices, RequestContext {
  /** The validated body or query. */
  request: Request
  principal: KnownPrincipal
  /** What the caller may see. */
  scope: TaskScope
  /** Asks once more who calls: what they may see by now, null when they may see nothing any more. */
  currentScope: () => Promise<TaskScope | null>
}

/** What an action that a push queue calls may use. */
export interface DeliveryContext<Request> extends ActionServices, RequestContext {
  request: Request
}

/** What an action for anybody may use: neither caller nor tasks. */
export interface PublicContext<Request> {
  request: Request
  headers: Headers
  /** What the server says of itself. */
  openapi: () => ServedOpenapi
  readHealth: ReadHealth
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

interface DefinedAction<Name extends Action, Context> {
  name: Name
  schema: { request: z.ZodType }
  /** Largest body in bytes. */
  maxBytes: number
  run(context: Context): Promise<ActionReply>
}

/** Somebody must be signed in. */
export interface PrincipalAction extends DefinedAction<AuthorizedAction, ActionContext<never>> {
  caller: 'principal'
}

/** The backend checks the delivery's signature. */
export interface QueueAction extends DefinedAction<'process', DeliveryContext<never>> {
  caller: 'queue'
}

/** It must hold no data of anyone. */
export interface PublicAction extends DefinedAction<'openapi' | 'health', PublicContext<never>> {
  caller: 'anybody'
}

export type ActionDefinition = PrincipalAction | QueueAction | PublicAction

const SMALL_BODY = 64 * 1024

interface ActionOptions<Schema> {
  schema: Schema
  /** Default 64 KiB. */
  maxBytes?: number
}

/** An action of a signed-in caller: one verb, its schema, and what it does. */
export function defineAction<Schema extends { request: z.ZodType }>(
  name: AuthorizedAction,
  { schema, maxBytes = SMALL_BODY }: ActionOptions<Schema>,
  run: (context: ActionContext<z.output<Schema['request']>>) => Promise<ActionReply>,
): PrincipalAction {
  return { name, schema, maxBytes, caller: 'principal', run }
}

/** An action that a push queue calls. */
export function defineQueueAction<Schema extends { request: z.ZodType }>(
  name: QueueAction['name'],
  { schema, maxBytes = SMALL_BODY }: ActionOptions<Schema>,
  run: (context: DeliveryContext<z.output<Schema['request']>>) => Promise<ActionReply>,
): QueueAction {
  return { name, schema, maxBytes, caller: 'queue', run }
}

/** An action for anybody. */
export function definePublicAction<Schema extends { request: z.ZodType }>(
  name: PublicAction['name'],
  { schema, maxBytes = SMALL_BODY }: ActionOptions<Schema>,
  run: (context: PublicContext<z.output<Schema['request']>>) => Promise<ActionReply>,
): PublicAction {
  return { name, schema, maxBytes, caller: 'anybody', run }
}
