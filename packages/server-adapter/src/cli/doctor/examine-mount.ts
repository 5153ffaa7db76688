import { describeError, isJsonObject, strayCharacters } from '@brandkit/core'
import { explainConnection } from '../../explain-connection.js'
import { type Finding, findingsOf } from './finding.js'

const { ok, warning, failed } = findingsOf('mount')

const ANSWER_MS = 10_000
/** The top level domain `invalid` belongs to nobody (RFC 2606). */
const STRANGER = 'https://doctor.invalid'

/**
 * Asks a mount as a load balancer, a stranger and pages of several origins would. No question changes anything: those that
 * could come without credentials and without a task.
 *
 * @param origins those that the mount must allow, besides its own
 */
export async function examineMount(url: string, origins: readonly string[]): Promise<Finding[]> {
  const address = strayCharacters(url) === undefined ? URL.parse(url) : null
  if (!address || !/^https?:$/.test(address.protocol)) {
    return [failed('answers', '--url is not the URL of a mount, such as http://localhost:3000/api/jobs.')]
  }
  try {
    const health = await examineHealth(address)
    if (health.status === 'failed') return [about(address, health)]
    const more = await Promise.all([
      examineSignIn(address),
      examineOwnOrigin(address),
      examineStranger(address),
      ...origins.map((origin) => examineOrigin(address, origin)),
    ])
    return [health, ...more].map((finding) => about(address, finding))
  } catch (error) {
    return [failed('answers', `${placeOf(address)} ${explainConnection(error)}`)]
  }
}

/** Says which mount it is: there may be several. */
function about(address: URL, finding: Finding): Finding {
  return { ...finding, facts: { ...finding.facts, mount: placeOf(address) } }
}

async function examineHealth(address: URL): Promise<Finding> {
  const answer = await ask(address, 'health')
  const { status, parts } = answer.body
  if (typeof status !== 'string' || !isJsonObject(parts)) {
    return failed(
      'answers',
      `Something else answers at ${placeOf(address)}: ${answer.summary}. Correct the path, or mount the server there.`,
    )
  }
  const details = Object.entries(parts).map(([part, state]) => `${part} ${String(state)}`)
  const message = `${placeOf(address)} is ${status}: ${details.join(', ')}.`
  if (status === 'down') return failed('answers', `${message} Its log has the reason.`, { status, parts })
  return status === 'ok' ? ok('answers', message, { status, parts }) : warning('answers', message, { status, parts })
}

async function examineSignIn(address: URL): Promise<Finding> {
  const { code, status, summary } = await ask(address, 'list', { query: { limit: '1' } })
  if (code === 'unauthenticated') return ok('sign-in', 'A request without credentials is refused.')
  if (status === 200) {
    return warning(
      'sign-in',
      'A request without credentials is answered: `authenticate` takes everybody for a user, as devAuth does.',
    )
  }
  return failed('sign-in', `A request without credentials gets ${summary}, and not the 401 of the protocol.`)
}

async function examineOwnOrigin(address: URL): Promise<Finding> {
  const { code } = await askToChange(address, address.origin)
  if (code !== 'cross_site_request') return ok('own origin', `Pages of ${address.origin} may change tasks.`)
  return failed(
    'own origin',
    `Pages of ${address.origin} are taken for another site, because a proxy rewrites the header Host. Have it passed on, or put this origin in allowedOrigins.`,
  )
}

async function examineStranger(address: URL): Promise<Finding> {
  const [{ code }, allowed] = await Promise.all([askToChange(address, STRANGER), allowedFor(address, STRANGER)])
  if (code === 'cross_site_request' && allowed === null) return ok('strangers', 'Pages of other sites are refused.')
  if (allowed !== null) {
    return failed(
      'strangers',
      `Pages of any site may read answers: something before the mount adds access-control-allow-origin: ${allowed === '*' ? '*' : 'the origin of the page'}.`,
    )
  }
  return failed('strangers', 'Pages of other sites are not refused: a proxy removes or rewrites the header Origin.')
}

async function examineOrigin(address: URL, origin: string): Promise<Finding> {
  if (URL.parse(origin)?.origin !== origin) {
    return failed('origins', '--origin is no origin. Write scheme, host and port only, as in https://app.example.')
  }
  if (origin === address.origin) return ok('origins', `${origin} is the mount's own.`, { origin })
  const allowed = await allowedFor(address, origin)
  if (allowed === origin) return ok('origins', `Pages of ${origin} are allowed.`, { origin })
  return failed(
    'origins',
    `Pages of ${origin} are refused. Put it in allowedOrigins, and have OPTIONS routed to the mount.`,
    {
      origin,
    },
  )
}

/** The origin that a preflight allows to send a change with the user's cookies; null for none. */
async function allowedFor(address: URL, origin: string): Promise<string | null> {
  const { headers } = await ask(address, 'cancel', {
    method: 'OPTIONS',
    headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' },
  })
  return headers.get('access-control-allow-origin')
}

/** A cancel that names no task. */
function askToChange(address: URL, origin: string): Promise<Answer> {
  return ask(address, 'cancel', {
    method: 'POST',
    headers: { origin, 'content-type': 'application/json' },
    body: '{}',
  })
}

interface Answer {
  status: number
  headers: Headers
  /** Empty unless it is a JSON object. */
  body: Readonly<Record<string, unknown>>
  /** The code of a problem document. */
  code: unknown
  /** For sentences: `HTTP 404 with text/html`. */
  summary: string
}

async function ask(
  address: URL,
  action: string,
  { query = {}, ...init }: RequestInit & { query?: Record<string, string> } = {},
): Promise<Answer> {
  const url = new URL(address)
  for (const [name, value] of Object.entries({ action, ...query })) url.searchParams.set(name, value)
  const response = await fetch(url, { ...init, redirect: 'manual', signal: AbortSignal.timeout(ANSWER_MS) })
  const text = await response.text()
  const body = parseObject(text)
  const { status, headers } = response
  const location = headers.get('location')
  const kind = headers.get('content-type')?.split(';')[0] ?? 'no content'
  const summary =
    location === null
      ? `HTTP ${status} with ${kind}`
      : `HTTP ${status}, which leads to ${placeOf(new URL(location, url))}`
  return { status, headers, body, code: body['code'], summary }
}

function parseObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    return isJsonObject(value) ? value : {}
  } catch (error) {
    if (error instanceof SyntaxError) return {}
    throw new Error(describeError(error), { cause: error })
  }
}

/** Without query and credentials, which may be secret. */
function placeOf({ origin, pathname }: URL): string {
  return `${origin}${pathname}`
}
