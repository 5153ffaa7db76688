import { type Action, ACTIONS, type TaskErrorCode } from '@brandkit/core'
import { ACTION_DEFINITIONS } from '../action-definitions.js'
import { toQueryParameters, toRequestName } from './component-schemas.js'
import { REQUEST_HEADERS, type RequestHeaderName } from '../document-headers.js'
import {
  codesOf,
  type DocumentedResponse,
  type DocumentedResponses,
  PREFLIGHT_REPLY,
  toProblems,
  toRefusal,
  toReplies,
} from './document-responses.js'
import { refTo } from './json-schema.js'
import type { JsonSchema } from '../document-headers.js'

/** An Operation Object of OpenAPI. */
export interface DocumentedOperation {
  operationId: string
  summary: string
  description: string
  parameters: readonly DocumentedParameter[]
  requestBody?: { required: true; content: { 'application/json': { schema: JsonSchema } } }
  responses: DocumentedResponses
}

interface DocumentedParameter {
  name: string
  in: 'query' | 'header'
  required?: boolean
  description?: string
  schema: JsonSchema
}

export interface QueueRefusal {
  status: number
  headers: Readonly<Record<string, string>>
}

/** Describes one action. */
export function toOperation(action: Action, refusal: QueueRefusal | undefined): DocumentedOperation {
  const { schema, document } = ACTION_DEFINITIONS[action]
  const { id, summary, description, headers = [], anyHeaders } = document
  const { method, caller } = ACTIONS[action]
  const codes = codesOf(action, document)
  return {
    operationId: id,
    summary,
    description,
    parameters: [
      actionParameter([action]),
      ...(method === 'GET' ? toQueryParameters(schema.request) : []),
      ...[...headers, 'traceparent' as const].map(headerParameter),
    ],
    ...(method === 'POST' && { requestBody: toRequestBody(refTo(toRequestName(document))) }),
    responses: {
      ...toReplies(document),
      ...toProblems(codes, anyHeaders),
      ...(caller === 'queue' && refusal && toRefusal(refusal, codes)),
    },
  }
}

interface Combination {
  id: string
  summary: string
  actions: readonly Action[]
  operations: readonly DocumentedOperation[]
}

/** Combines all actions of one method, because OpenAPI allows one operation for each path and method. */
export function combineOperations({ id, summary, actions, operations }: Combination): DocumentedOperation {
  const parameters = new Map<string, DocumentedParameter>()
  for (const parameter of operations.flatMap((operation) => operation.parameters)) {
    // Every other parameter belongs to some actions only, so the combined operation requires only `action`.
    if (parameter.name !== 'action') parameters.set(parameter.name, { ...parameter, required: false })
  }
  const bodies = operations.flatMap(({ requestBody }) => requestBody?.content['application/json'].schema ?? [])
  const all = [...operations.map(({ responses }) => responses), toProblems(UNKNOWN_ACTION)]
  const statuses = [...new Set(all.flatMap((responses) => Object.keys(responses)))].toSorted()
  return {
    operationId: id,
    summary,
    description: operations.map((operation, index) => `- \`${actions[index]}\`: ${operation.summary}`).join('\n'),
    parameters: [actionParameter(actions), ...parameters.values()],
    ...(bodies.length > 0 && { requestBody: toRequestBody({ anyOf: bodies }) }),
    responses: Object.fromEntries(
      statuses.map((status) => [status, combineResponses(all.flatMap((responses) => responses[status] ?? []))]),
    ),
  }
}

const UNKNOWN_ACTION: readonly TaskErrorCode[] = ['unknown_action', 'invalid_request', 'internal_error']

function combineResponses(responses: readonly DocumentedResponse[]): DocumentedResponse {
  const content: Record<string, { schema: JsonSchema }> = {}
  const mediaTypes = new Set(responses.flatMap((response) => Object.keys(response.content ?? {})))
  for (const mediaType of mediaTypes) {
    const media = responses.flatMap((response) => response.content?.[mediaType] ?? [])
    const distinct = [...new Map(media.map((entry) => [JSON.stringify(entry), entry])).values()]
    const [first] = distinct
    // Only one action answers with a stream, so the schema of its events stays.
    if (first)
      content[mediaType] = distinct.length === 1 ? first : { schema: { anyOf: distinct.map(({ schema }) => schema) } }
  }
  return {
    description: [...new Set(responses.map(({ description }) => description))].join(' / '),
    headers: Object.assign({}, ...responses.map(({ headers }) => headers)) as DocumentedResponse['headers'],
    ...(mediaTypes.size > 0 && { content }),
  }
}

/** The preflight of a page of `allowedOrigins`. Preflights of other pages are answered like any unknown method. */
export const PREFLIGHT: Omit<DocumentedOperation, 'parameters'> = {
  operationId: 'preflight',
  summary: 'Ask whether a page of another origin may send a request',
  description: 'Answered for pages of `allowedOrigins` (Fetch standard, CORS protocol).',
  responses: {
    204: PREFLIGHT_REPLY,
    ...toProblems(['unknown_action', 'invalid_request', 'method_not_allowed', 'internal_error']),
  },
}

function headerParameter(name: RequestHeaderName): DocumentedParameter {
  return { name, in: 'header', ...REQUEST_HEADERS[name] }
}

function actionParameter(actions: readonly string[]): DocumentedParameter {
  return { name: 'action', in: 'query', required: true, schema: { type: 'string', enum: actions } }
}

function toRequestBody(schema: JsonSchema): NonNullable<DocumentedOperation['requestBody']> {
  return { required: true, content: { 'application/json': { schema } } }
}
