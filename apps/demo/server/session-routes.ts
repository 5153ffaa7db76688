import { isJsonObject, TaskError } from '@brandkit/core'
import { findPerson, listPeople } from './people.ts'
import { readJson } from './read-json.ts'
import type { Sessions } from './session.ts'

const MAX_BODY_BYTES = 1_024

/**
 * `/api/demo/session`: POST `{"user":"ada"}` signs in, GET says who is signed in and who could be, DELETE signs out.
 *
 * @throws TaskError for everything else
 */
export async function handleSession(request: Request, sessions: Sessions): Promise<Response> {
  switch (request.method) {
    case 'GET':
      // 200 for nobody too: asking is no mistake, and browsers print every 401 to the console.
      return json({ user: await sessions.read(request.headers), people: listPeople() })
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
  return json({ token, user: person }, { 'set-cookie': sessions.cookie(token) })
}

function json(body: unknown, headers: Record<string, string> = {}): Response {
  return Response.json(body, { headers: { 'cache-control': 'no-store', ...headers } })
}
