import type { Action, ActionCaller, ActionOf, TaskCatalog, TaskLogger } from '@brandkit/core'
import { lazily, type Protocol, PROTOCOL } from '@brandkit/core/schemas'
import type * as z from 'zod'
import type { Clock } from '../clock.js'
import type { KnownPrincipal, TaskScope } from '../principal.js'
import type { QueueBackend } from '../queue/queue-backend.js'
import type { ChangeHub } from '../runtime/watching/change-hub.js'
import type { Authorization } from '../runtime/authorization.js'
import type { CreateRate } from '../runtime/creating/create-rate.js'
import type { Estimates } from '../runtime/estimating/estimates.js'
import type { ReadHealth } from '../runtime/connecting/health.js'
import type { Lifecycle } from '../runtime/lifecycle.js'
import type { Maintenance } from '../runtime/maintenance.js'
import type { NoticeDelivery } from '../runtime/telling/notice-delivery.js'
import type { Publisher } from '../runtime/publisher.js'
import type { ReadStats } from '../runtime/estimating/read-stats.js'
import type { TellCancelled } from '../runtime/running/tell-cancelled.js'
import type { TaskStream } from '../runtime/watching/task-stream.js'
import type { TaskStreams } from '../runtime/watching/task-streams.js'
import type { Worker } from '../runtime/running/worker.js'
import type { UsageReader } from '../runtime/spending/usage-reader.js'
import type { TaskStore } from '../store/task-store.js'
import type { TaskCreator } from '../runtime/creating/task-creator.js'
import type { ActionDocument } from './action-document.js'
import type { AnswerHeaders, RequestHeaders } from './http-exchange.js'

/** The services that every action may use. */
export interface ActionServices {
  catalog: TaskCatalog
  authorization: Authorization
  store: TaskStore
  changes: ChangeHub
  streams: TaskStreams
  queue: QueueBackend
  publisher: Publisher
  worker: Worker
  maintenance: Maintenance
  /** Null without `notify` targets. */
  delivery: NoticeDelivery | null
  creator: TaskCreator
  createRate: CreateRate
  tellCancelled: TellCancelled
  lifecycle: Lifecycle
  estimates: Estimates
  readStats: ReadStats
  usage: UsageReader
  clock: Clock
  /** Aborts when the server stops: waiting requests are then answered at once. */
  closing: AbortSignal
}

/** The data of every request, over HTTP or in process. */
export interface RequestContext {
  headers: RequestHeaders
  /** Makes the signal that aborts when the caller stops waiting for the answer. Only a request that waits needs it. */
  signal: () => AbortSignal
  /** Headers of the answer, for a reply and for a problem. */
  replyHeaders: AnswerHeaders
  traceId: string
  /** Scoped `[API/Jobs]`. */
  logger: TaskLogger
}

/** The context of an action for signed-in callers. */
export interface ActionContext<Request> extends ActionServices, RequestContext {
  /** The validated body or query. */
  request: Request
  principal: KnownPrincipal
  /** What the caller may see. */
  scope: TaskScope
  /** Authenticates the caller again and gives the current scope; null if the caller has lost all access. */
  currentScope: () => Promise<TaskScope | null>
}

/** The same without the request, for a part of an action. */
export type ActionWork = Omit<ActionContext<unknown>, 'request'>

/** The context of an action for push queues. */
export interface DeliveryContext<Request> extends ActionServices, RequestContext {
  request: Request
}

/** The OpenAPI document in the form in which it is sent. */
export interface ServedOpenapi {
  /** The document as JSON text. */
  text: string
  /** The entity tag. Weak, because the same document may be sent compressed. */
  etag: string
}

/** The context of a public action, without caller and tasks. */
export interface PublicContext<Request> {
  request: Request
  headers: RequestHeaders
  /** Gives the OpenAPI document. */
  openapi: () => ServedOpenapi
  readHealth: ReadHealth
}

/** The answer of an action. */
export interface ActionReply {
  status?: number
  headers?: AnswerHeaders
  /** JSON, as an object or as text, or `null` for answers without content. */
  body: object | string | null
  /** Events instead of a body. The handler or the mount turns them into SSE or WebSocket messages. */
  stream?: TaskStream
}

interface DefinedAction<Caller extends ActionCaller, Context> {
  name: ActionOf<Caller>
  caller: Caller
  schema: { request: z.ZodType }
  /** The largest body, in bytes. */
  maxBytes: number
  document: ActionDocument
  run(context: Context): Promise<ActionReply>
}

/** An action for signed-in callers. */
export interface PrincipalAction extends DefinedAction<'principal', ActionContext<never>> {}

/** An action for push queues; the queue backend checks the signature. */
export interface QueueAction extends DefinedAction<'queue', DeliveryContext<never>> {}

/** An action for any caller. Its answer must hold no data of users. */
export interface PublicAction extends DefinedAction<'anybody', PublicContext<never>> {}

export type ActionDefinition = PrincipalAction | QueueAction | PublicAction

const SMALL_BODY = 64 * 1024

interface ActionOptions extends ActionDocument {
  /** Default 64 KiB. */
  maxBytes?: number
}

const schemaOf = (name: Action) => lazily(() => PROTOCOL[name])

type RequestOf<Name extends Action> = z.output<Protocol[Name]['request']>

/** Defines an action for signed-in callers. Its schema comes from the protocol. */
export function defineAction<Name extends PrincipalAction['name']>(
  name: Name,
  { maxBytes = SMALL_BODY, ...document }: ActionOptions,
  run: (context: ActionContext<RequestOf<Name>>) => Promise<ActionReply>,
): PrincipalAction {
  return { name, caller: 'principal', schema: schemaOf(name), maxBytes, document, run }
}

/** Defines an action for push queues. */
export function defineQueueAction<Name extends QueueAction['name']>(
  name: Name,
  { maxBytes = SMALL_BODY, ...document }: ActionOptions,
  run: (context: DeliveryContext<RequestOf<Name>>) => Promise<ActionReply>,
): QueueAction {
  return { name, caller: 'queue', schema: schemaOf(name), maxBytes, document, run }
}

/** Defines an action for any caller. */
export function definePublicAction<Name extends PublicAction['name']>(
  name: Name,
  { maxBytes = SMALL_BODY, ...document }: ActionOptions,
  run: (context: PublicContext<RequestOf<Name>>) => Promise<ActionReply>,
): PublicAction {
  return { name, caller: 'anybody', schema: schemaOf(name), maxBytes, document, run }
}
