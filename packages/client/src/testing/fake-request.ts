import {
  type Action,
  ACTIONS,
  type FieldIssue,
  LIMITS,
  methodsOf,
  parseJsonObject,
  TaskError,
  toPrintable,
} from '@brandkit/core'
import { PROTOCOL, readQuery } from '@brandkit/core/schemas'

/** What is read by GET. */
const QUERIES = {
  status: PROTOCOL.status.request,
  list: PROTOCOL.list.request,
  events: PROTOCOL.events.request,
  stats: PROTOCOL.stats.request,
  health: PROTOCOL.health.request,
  openapi: PROTOCOL.openapi.request,
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
  const action = name as Action
  const methods: readonly string[] = methodsOf(action)
  if (methods.includes(request.method)) return action
  throw new TaskError('method_not_allowed', `The action ${name} takes ${methods.join(' and ')}, not ${request.method}.`)
}

/** @throws TaskError `cross_site_request` for a mutation that another site's page sends. */
export function assertSameSite(request: Request): void {
  if (request.method === 'GET' || request.method === 'HEAD' || request.headers.get('sec-fetch-site') !== 'cross-site')
    return
  throw new TaskError('cross_site_request', 'This request comes from another site.')
}

/** The query of a GET, or the JSON object of a POST. */
export async function readInput(request: Request, action: Action): Promise<object> {
  if (action in QUERIES) return readQuery(new URL(request.url).searchParams, QUERIES[action as keyof typeof QUERIES])
  if (!/^application\/(.+\+)?json\b/i.test(request.headers.get('content-type') ?? ''))
    throw new TaskError('unsupported_media_type', 'Send JSON, with the header `content-type: application/json`.')
  assertPlainText(request.headers)
  const text = await request.text()
  if (byteLength(text) > MAX_BYTES[action === 'create' ? 'create' : 'other'])
    throw new TaskError('payload_too_large', 'The request is too large.')
  return parseJsonObject(text)
}

/** What is compressed, or in another charset, is not read. */
function assertPlainText(headers: Headers): void {
  const coding = headers.get('content-encoding') ?? 'identity'
  const charset = /;\s*charset\s*=\s*"?([^\s;"]*)/i.exec(headers.get('content-type') ?? '')?.[1] ?? 'utf-8'
  if (/^identity$/i.test(coding) && /^utf-?8$/i.test(charset)) return
  throw new TaskError(
    'unsupported_media_type',
    `Send the body as plain UTF-8, not encoded as "${toPrintable(coding)}" and written in "${toPrintable(charset)}".`,
  )
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
