import { isJsonObject, TaskError } from '@brandkit/core'
import type { Principal } from '@brandkit/server-adapter'
import { jwtVerify, SignJWT } from 'jose'
import { createHash } from 'node:crypto'
import { type Desk, findPerson, listPeople, type Person, toPrincipal } from './people.ts'
import { readJson } from './read-json.ts'
import { limitsOf } from './task-policy.ts'

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
