import type { Action, ActionCaller, ActionOf, TaskCatalog, TaskLogger } from '@brandkit/core'
import { type Protocol, PROTOCOL } from '@brandkit/core/schemas'
import type * as z from 'zod'
import type { Clock } from '../clock.js'
import type { KnownPrincipal, TaskScope } from '../principal.js'
import type { QueueBackend } from '../queue/queue-backend.js'
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
import type { ActionDocument } from './action-document.js'

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
  /** Aborts when the server stops: a request that only waits is answered at once. */
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

/** What the server says of itself, as it is sent. */
export interface ServedOpenapi {
  /** The document as JSON text. */
  text: string
  /** Weak, since the same document may be sent packed. */
  etag: string
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

interface DefinedAction<Caller extends ActionCaller, Context> {
  name: ActionOf<Caller>
  caller: Caller
  schema: { request: z.ZodType }
  /** Largest body in bytes. */
  maxBytes: number
  document: ActionDocument
  run(context: Context): Promise<ActionReply>
}

/** The caller must be signed in. */
export interface PrincipalAction extends DefinedAction<'principal', ActionContext<never>> {}

/** The backend checks the delivery's signature. */
export interface QueueAction extends DefinedAction<'queue', DeliveryContext<never>> {}

/** It must hold no data of anyone. */
export interface PublicAction extends DefinedAction<'anybody', PublicContext<never>> {}

export type ActionDefinition = PrincipalAction | QueueAction | PublicAction

const SMALL_BODY = 64 * 1024

interface ActionOptions extends ActionDocument {
  /** Default 64 KiB. */
  maxBytes?: number
}

type RequestOf<Name extends Action> = z.output<Protocol[Name]['request']>

/** An action of a signed-in caller: what is said of it, and what it does. Its schema is the protocol's. */
export function defineAction<Name extends PrincipalAction['name']>(
  name: Name,
  { maxBytes = SMALL_BODY, ...document }: ActionOptions,
  run: (context: ActionContext<RequestOf<Name>>) => Promise<ActionReply>,
): PrincipalAction {
  return { name, caller: 'principal', schema: PROTOCOL[name], maxBytes, document, run }
}

/** An action that a push queue calls. */
export function defineQueueAction<Name extends QueueAction['name']>(
  name: Name,
  { maxBytes = SMALL_BODY, ...document }: ActionOptions,
  run: (context: DeliveryContext<RequestOf<Name>>) => Promise<ActionReply>,
): QueueAction {
  return { name, caller: 'queue', schema: PROTOCOL[name], maxBytes, document, run }
}

/** An action for anybody. */
export function definePublicAction<Name extends PublicAction['name']>(
  name: Name,
  { maxBytes = SMALL_BODY, ...document }: ActionOptions,
  run: (context: PublicContext<RequestOf<Name>>) => Promise<ActionReply>,
): PublicAction {
  return { name, caller: 'anybody', schema: PROTOCOL[name], maxBytes, document, run }
}
