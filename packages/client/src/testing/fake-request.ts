import {
  type Action,
  ACTIONS,
  type FieldIssue,
  getOpenapiSchema,
  getStatsSchema,
  getStatusSchema,
  isJsonObject,
  LIMITS,
  listTasksSchema,
  readQuery,
  TaskError,
  toPrintable,
  watchTasksSchema,
} from '@brandkit/core'

/** What is read by GET. */
const QUERIES = {
  status: getStatusSchema.request,
  list: listTasksSchema.request,
  events: watchTasksSchema.request,
  stats: getStatsSchema.request,
  openapi: getOpenapiSchema.request,
}

/** The largest body, in bytes: a full batch of payloads of reasonable size, or an id. */
const MAX_BYTES = { create: 8 * LIMITS.payloadBytes, other: 64 * 1024 } as const

/** The action of a request, if its method fits. @throws TaskError `unknown_action`, `method_not_allowed` */
export function toAction(request: Request): Action {
  const name = new URL(request.url).searchParams.get('action')
  // `hasOwn`, because `constructor` is no action.
  if (name === null || !Object.hasOwn(ACTIONS, name))
    throw new TaskError(
      'unknown_action',
      `Say what to do with \`?action=\`: one of ${Object.keys(ACTIONS).join(', ')}.`,
    )
  const { method } = ACTIONS[name as Action]
  if (request.method !== method)
    throw new TaskError('method_not_allowed', `The action ${name} takes ${method}, not ${request.method}.`)
  return name as Action
}

/** @throws TaskError `cross_site_request` for a mutation that another site's page sends. */
export function assertSameSite(request: Request): void {
  if (request.method === 'GET' || request.headers.get('sec-fetch-site') !== 'cross-site') return
  throw new TaskError('cross_site_request', 'This request comes from another site.')
}

/** The query of a GET, or the JSON object of a POST. */
export async function readInput(request: Request, action: Action): Promise<object> {
  if (action in QUERIES) return readQuery(new URL(request.url).searchParams, QUERIES[action as keyof typeof QUERIES])
  if (!/^application\/(.+\+)?json\b/i.test(request.headers.get('content-type') ?? ''))
    throw new TaskError('unsupported_media_type', 'Send JSON, with the header `content-type: application/json`.')
  const text = await request.text()
  if (byteLength(text) > MAX_BYTES[action === 'create' ? 'create' : 'other'])
    throw new TaskError('payload_too_large', 'The request is too large.')
  const body = parse(text)
  if (isJsonObject(body)) return body
  throw new TaskError('invalid_request', 'The body has to be a JSON object.')
}

interface Schema<Input> {
  safeParse(value: unknown): { success: true; data: Input } | { success: false; error: { issues: readonly Issue[] } }
}

interface Issue {
  readonly path: readonly PropertyKey[]
  readonly message: string
}

/** @throws TaskError with the given code, and an issue for each field that is wrong. */
export function parseBy<Input>(
  schema: Schema<Input>,
  value: unknown,
  { code, prefix = [] }: { code: 'invalid_request' | 'invalid_payload'; prefix?: FieldIssue['path'] },
): Input {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const issues = parsed.error.issues.map(({ path, message }) => ({
    path: [...prefix, ...path.map((key) => (typeof key === 'symbol' ? String(key) : key))],
    message,
  }))
  const sentence = issues.map(({ path, message }) => toPrintable([path.join('.'), message].filter(Boolean).join(': ')))
  throw new TaskError(code, `The request is invalid: ${sentence.slice(0, 3).join('; ')}`, { issues })
}

export function byteLength(text: string): number {
  return new TextEncoder().encode(text).byteLength
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new TaskError('invalid_request', 'The body is not JSON.')
  }
}
