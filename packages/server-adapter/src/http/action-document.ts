import type { TaskErrorCode } from '@brandkit/core'
import type { HeaderName, RequestHeaderName } from './document-headers.js'

/** A successful answer. One of 204 or 304 has no body. */
export interface DocumentedReply {
  description: string
  /** Default `application/json`. For `text/event-stream` the schema describes one event. */
  mediaType?: 'text/event-stream'
  /** Sent always. */
  headers?: readonly HeaderName[]
  /** Sent where they mean something. */
  optionalHeaders?: readonly HeaderName[]
}

/** What the OpenAPI document says of one action. Its method, request and response stand in the protocol. */
export interface ActionDocument {
  /** The name of the operation. Request and response are named after it: `cancelTask`, `CancelTaskResponse`. */
  id: string
  summary: string
  description: string
  /** Default: the id with `Response`. */
  responseName?: string
  headers?: readonly RequestHeaderName[]
  /** What any answer of this action may carry, problems too. */
  anyHeaders?: readonly HeaderName[]
  replies: Readonly<Record<number, DocumentedReply>>
  /** Beside those that every action of its caller and method may answer. */
  errors: readonly TaskErrorCode[]
}
