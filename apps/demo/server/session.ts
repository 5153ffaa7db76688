import type { Principal } from '@brandkit/server-adapter'
import { isJsonObject, TaskError } from '@brandkit/core'
import { jwtVerify, SignJWT } from 'jose'
import { createHash } from 'node:crypto'
import { limitsOf } from './task-policy.ts'

/** A person who can sign in, as the picker shows them. */
export interface Person {
  id: string
  name: string
  email: string
  brandId: string
  brandName: string
  tier: 'free' | 'premium'
  role?: 'operator'
}

const PEOPLE: readonly Person[] = [
  { id: 'ada', name: 'Ada', email: 'ada@studio.example', brandId: 'aurora', brandName: 'Aurora', tier: 'free' },
  {
    id: 'grace',
    name: 'Grace',
    email: 'grace@studio.example',
    brandId: 'aurora',
    brandName: 'Aurora',
    tier: 'premium',
    role: 'operator',
  },
  {
    id: 'linus',
    name: 'Linus',
    email: 'linus@studio.example',
    brandId: 'borealis',
    brandName: 'Borealis',
    tier: 'free',
  },
]

/** All persons who may sign in. */
function listPeople(): readonly Person[] {
  return PEOPLE
}

export function findPerson(id: unknown): Person | undefined {
  return PEOPLE.find((person) => person.id === id)
}

/** The page that a request comes from: an operator's own pages show what colleagues see, and only the desk may do all. */
type Desk = 'own' | 'operations'

/** The rights of a person. A tenant is the company behind a brand, so Linus cannot see the tasks of Ada and Grace, who are colleagues. */
export function toPrincipal({ id, brandId, tier, role }: Person, desk: Desk): Principal {
  const own = { tenantId: brandId, userId: id, brandIds: [brandId], tier }
  return role && desk === 'operations' ? { ...own, role } : own
}

/**
 * Reads a small JSON body.
 *
 * @throws TaskError `unsupported_media_type`, `invalid_request`, or `payload_too_large` as soon as the limit is passed
 */
export async function readJson(request: Request, { maxBytes }: { maxBytes: number }): Promise<unknown> {
  // Another site's form cannot send this type without a CORS preflight, so this check also blocks forged sign-ins.
  if (!/^application\/json\b/i.test(request.headers.get('content-type') ?? '')) {
    throw new TaskError('unsupported_media_type', 'Send JSON with the header "Content-Type: application/json".')
  }
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of request.body ?? []) {
    bytes += chunk.byteLength
    if (bytes > maxBytes) throw new TaskError('payload_too_large', `Send at most ${maxBytes} bytes.`)
    chunks.push(chunk)
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'))
  } catch {
    throw new TaskError('invalid_request', 'The body is not JSON.')
  }
}

const COOKIE = 'brandkit_session'
const ISSUER = 'brandkit-demo'
const DESK_HEADER = 'x-studio-desk'
const LIFETIME_SECONDS = 12 * 60 * 60

/** The signed-in user, kept in a signed token (JWT, HS256) that travels as a cookie or as a bearer token. */
export interface Sessions {
  /** A token for the person, valid for twelve hours. */
  issue(person: Person): Promise<string>
  /** The person in the request's token; `null` without a valid token. */
  read(headers: Headers): Promise<Person | null>
  authenticate(request: Request): Promise<Principal | null>
  /** `Set-Cookie` values. */
  cookie(token: string): string
  readonly noCookie: string
}

/** @param secret any length; its SHA-256 signs the tokens */
export function createSessions(secret: string): Sessions {
  const key = createHash('sha256').update(secret).digest()

  async function read(headers: Headers): Promise<Person | null> {
    const token = bearerToken(headers) ?? cookieToken(headers)
    if (!token) return null
    try {
      const { payload } = await jwtVerify(token, key, {
        algorithms: ['HS256'],
        issuer: ISSUER,
        requiredClaims: ['sub', 'exp'],
      })
      return findPerson(payload.sub) ?? null
    } catch {
      // Forged, expired and malformed tokens count as no token.
      return null
    }
  }

  return {
    read,
    issue: ({ id }) =>
      new SignJWT()
        .setProtectedHeader({ alg: 'HS256' })
        .setIssuer(ISSUER)
        .setSubject(id)
        .setIssuedAt()
        .setExpirationTime(`${LIFETIME_SECONDS}s`)
        .sign(key),
    async authenticate(request) {
      const person = await read(request.headers)
      return person && toPrincipal(person, deskOf(request))
    },
    cookie: (token) => `${COOKIE}=${token}; ${attributes(LIFETIME_SECONDS)}`,
    noCookie: `${COOKIE}=; ${attributes(0)}`,
  }
}

// Not `Secure`: the demo is served over plain http on localhost.
function attributes(maxAge: number): string {
  return `Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAge}`
}

function bearerToken(headers: Headers): string | undefined {
  return /^Bearer ([\w.-]+)$/i.exec(headers.get('authorization') ?? '')?.[1]
}

function cookieToken(headers: Headers): string | undefined {
  const pairs = (headers.get('cookie') ?? '').split(';').map((pair) => pair.trim())
  return pairs.find((pair) => pair.startsWith(`${COOKIE}=`))?.slice(COOKIE.length + 1)
}

/**
 * The page at `/ops` names itself by a header. `action=stats` is always for the desk, because it counts everybody's tasks.
 */
function deskOf(request: Request): Desk {
  if (request.headers.get(DESK_HEADER) === 'operations') return 'operations'
  return new URL(request.url).searchParams.get('action') === 'stats' ? 'operations' : 'own'
}

const MAX_BODY_BYTES = 1_024

/**
 * `/api/demo/session`: POST `{"user":"ada"}` signs in, GET lists the signed-in user and all persons, DELETE signs out.
 *
 * @throws TaskError for any other method
 */
export async function handleSession(request: Request, sessions: Sessions): Promise<Response> {
  switch (request.method) {
    case 'GET': {
      // 200 without a session too, because browsers print every 401 to the console.
      const user = await sessions.read(request.headers)
      return json({ user, people: listPeople(), limits: limitsOf(user) })
    }
    case 'POST':
      return await signIn(request, sessions)
    case 'DELETE':
      return json({ user: null }, { 'set-cookie': sessions.noCookie })
    default:
      throw new TaskError('method_not_allowed', 'A session takes GET, POST and DELETE.')
  }
}

async function signIn(request: Request, sessions: Sessions): Promise<Response> {
  const body = await readJson(request, { maxBytes: MAX_BODY_BYTES })
  const person = isJsonObject(body) ? findPerson(body['user']) : undefined
  if (!person) {
    const names = listPeople().map(({ id }) => `"${id}"`)
    throw new TaskError('invalid_payload', `There is nobody of that name; "user" must be one of ${names.join(', ')}.`, {
      issues: [{ path: ['user'], message: `Use one of ${names.join(', ')}.` }],
    })
  }
  const token = await sessions.issue(person)
  return json({ token, user: person, limits: limitsOf(person) }, { 'set-cookie': sessions.cookie(token) })
}

function json(body: unknown, headers: Record<string, string> = {}): Response {
  return Response.json(body, { headers: { 'cache-control': 'no-store', ...headers } })
}
