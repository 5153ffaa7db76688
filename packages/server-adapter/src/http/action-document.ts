import type { TaskErrorCode } from '@brandkit/core'
import type { HeaderName, RequestHeaderName } from './document-headers.js'

/** The description of a successful answer. Answers with status 204 or 304 have no body. */
interface DocumentedReply {
  description: string
  /** Default `application/json`. For `text/event-stream` the schema describes one event. */
  mediaType?: 'text/event-stream'
  /** Headers that are always sent. */
  headers?: readonly HeaderName[]
  /** Headers that are sent only when they apply. */
  optionalHeaders?: readonly HeaderName[]
}

/** The description of one action for the OpenAPI document. The protocol has its method, request and response. */
export interface ActionDocument {
  /** The name of the operation, from which the names of its schemas are made: `cancelTask`, `CancelTaskResponse`. */
  id: string
  summary: string
  description: string
  /** Default: the id followed by `Response`. */
  responseName?: string
  headers?: readonly RequestHeaderName[]
  /** Headers that any answer of this action may carry, problems too. */
  anyHeaders?: readonly HeaderName[]
  replies: Readonly<Record<number, DocumentedReply>>
  /** The codes of this action, besides those of every action with its caller and method. */
  errors: readonly TaskErrorCode[]
}
