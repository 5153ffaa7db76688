import {
  type Action,
  ACTIONS,
  PROBLEM_MEDIA_TYPE,
  TASK_ERROR_TITLES,
  TASK_ERRORS,
  type TaskErrorCode,
} from '@brandkit/core'
import type { ActionDocument } from '../action-document.js'
import { toResponseName } from './component-schemas.js'
import { ANY_ANSWER, EVERY_ANSWER, type HeaderName, RESPONSE_HEADERS } from '../document-headers.js'
import { refTo } from './json-schema.js'
import type { JsonSchema } from '../document-headers.js'

type Json = Readonly<Record<string, unknown>>

export interface DocumentedResponse {
  description: string
  headers: Readonly<Record<string, Json>>
  content?: Readonly<Record<string, Json & { schema: JsonSchema }>>
}

/** Keyed by status. */
export type DocumentedResponses = Record<string, DocumentedResponse>

export function toReplies(document: ActionDocument): DocumentedResponses {
  const { replies, anyHeaders = [] } = document
  return Object.fromEntries(
    Object.entries(replies).map(([status, { description, mediaType, headers = [], optionalHeaders = [] }]) => [
      status,
      {
        description,
        headers: toHeaders({ required: headers, optional: [...anyHeaders, ...optionalHeaders] }),
        ...(!WITHOUT_BODY.has(status) && { content: toContent(refTo(toResponseName(document)), mediaType) }),
      },
    ]),
  )
}

/** The statuses without a body (RFC 9110, sections 15.3.5 and 15.4.5). */
const WITHOUT_BODY: ReadonlySet<string> = new Set(['204', '304'])

/** Describes a body. OpenAPI 3.1 has no keyword for the items of a stream; in 3.2 it is `itemSchema`. */
function toContent(schema: JsonSchema, mediaType: string = 'application/json') {
  if (mediaType === 'application/json') return { [mediaType]: { schema } }
  return { [mediaType]: { schema: { type: 'string' }, 'x-item-schema': schema } }
}

/** The error codes that an action may answer: its own, and those of its method and caller. */
export function codesOf(action: Action, { errors }: Pick<ActionDocument, 'errors'>): TaskErrorCode[] {
  const { method, caller } = ACTIONS[action]
  const codes: TaskErrorCode[] = [...errors, 'invalid_request', 'method_not_allowed', 'internal_error']
  const isPost = method === 'POST'
  if (isPost) codes.push('payload_too_large', 'unsupported_media_type')
  if (caller === 'anybody') return codes
  codes.push('unauthenticated', 'store_unavailable', 'shutting_down')
  if (caller === 'queue') return codes
  codes.push('forbidden')
  if (isPost) codes.push('cross_site_request')
  return codes
}

const PROBLEM_HEADERS: Readonly<Record<string, { required?: HeaderName[]; optional?: HeaderName[] }>> = {
  405: { required: ['Allow'] },
  429: { required: ['Retry-After'] },
  503: { optional: ['Retry-After'] },
}

export function toProblems(
  codes: readonly TaskErrorCode[],
  anyHeaders: readonly HeaderName[] = [],
): DocumentedResponses {
  const distinct = [...new Set(codes)]
  // Avoids `Object.groupBy`: this code runs at import, before `assertRuntime` can tell that Node.js is too old.
  const statuses = new Set(distinct.map((code) => TASK_ERRORS[code].status))
  return Object.fromEntries(
    [...statuses].map((status) => {
      const some = distinct.filter((code) => TASK_ERRORS[code].status === status)
      const { required = [], optional = [] } = PROBLEM_HEADERS[status] ?? {}
      const description = some.map((code) => `\`${code}\`: ${TASK_ERROR_TITLES[code]}`).join('; ')
      return [status, toProblem(description, some, toHeaders({ required, optional: [...anyHeaders, ...optional] }))]
    }),
  )
}

/** Describes the answer that tells a push queue to stop repeating a delivery. */
export function toRefusal(
  { status, headers }: { status: number; headers: Readonly<Record<string, string>> },
  codes: readonly TaskErrorCode[],
): DocumentedResponses {
  const own = Object.entries(headers).map(([name, value]) => [
    name,
    { description: 'The delivery is refused for good.', required: true, schema: { type: 'string', const: value } },
  ])
  const final = codes.filter((code) => !TASK_ERRORS[code].retryable)
  return {
    [status]: toProblem('Refused for good: do not deliver this again.', final, {
      ...toHeaders({ required: [], optional: [] }),
      ...Object.fromEntries(own),
    }),
  }
}

function toProblem(
  description: string,
  codes: readonly TaskErrorCode[],
  headers: DocumentedResponse['headers'],
): DocumentedResponse {
  const schema = { allOf: [refTo('Problem'), { properties: { code: { enum: codes } } }] }
  return { description, headers, content: { [PROBLEM_MEDIA_TYPE]: { schema } } }
}

interface HeaderNames {
  required: readonly HeaderName[]
  optional: readonly HeaderName[]
}

function toHeaders({ required, optional }: HeaderNames): DocumentedResponse['headers'] {
  const sometimes = [...EVERY_ANSWER, ...ANY_ANSWER, ...optional].map((name) => [name, refToHeader(name)])
  const always = required.map((name) => [
    name,
    'required' in RESPONSE_HEADERS[name] ? refToHeader(name) : { ...RESPONSE_HEADERS[name], required: true },
  ])
  // Later entries win, so a header that is always sent is listed as required.
  return Object.fromEntries([...sometimes, ...always]) as DocumentedResponse['headers']
}

function refToHeader(name: HeaderName): Json {
  return { $ref: `#/components/headers/${name}` }
}

/** The answer to a preflight from one of `allowedOrigins`. */
export const PREFLIGHT_REPLY: DocumentedResponse = {
  description: 'The page may send its request.',
  headers: toHeaders({
    required: [
      'Vary',
      'Access-Control-Allow-Origin',
      'Access-Control-Allow-Credentials',
      'Access-Control-Allow-Methods',
      'Access-Control-Max-Age',
    ],
    optional: ['Access-Control-Allow-Headers'],
  }),
}
