import { isJsonObject, TaskError } from '@brandkit/core'
import { readJson } from '../read-json.ts'
import type { Sessions } from '../session.ts'
import type { Subscription, Wishes } from './wishes.ts'

export interface WishServices {
  wishes: Wishes
  /** Whether the studio can send mail. */
  canMail: boolean
  /** The public key for Web Push; null if the studio has none. */
  pushKey: string | null
}

const MAX_BODY_BYTES = 4_096

/**
 * `/api/demo/wishes`, for the signed-in person. GET tells what there is and what the person has asked for; POST takes
 * `{"mail":true}`, `{"subscribe":{…}}` or `{"unsubscribe":"https://…"}`.
 *
 * @throws TaskError for any other request
 */
export async function handleWishes(
  request: Request,
  { wishes, canMail, pushKey, sessions }: WishServices & { sessions: Sessions },
): Promise<Response> {
  const person = await sessions.read(request.headers)
  if (!person) throw new TaskError('unauthenticated', 'Sign in first.')
  if (request.method === 'POST') await change(await readJson(request, { maxBytes: MAX_BODY_BYTES }), person.id, wishes)
  else if (request.method !== 'GET') throw new TaskError('method_not_allowed', 'Wishes take GET and POST.')
  const mail = canMail ? { address: person.email, isOn: (await wishes.read(person.id)).mail } : null
  return Response.json({ mail, pushKey }, { headers: { 'cache-control': 'no-store' } })
}

async function change(body: unknown, userId: string, wishes: Wishes): Promise<void> {
  const { mail, subscribe, unsubscribe } = isJsonObject(body) ? body : {}
  if (typeof mail === 'boolean') return await wishes.setMail(userId, mail)
  if (typeof unsubscribe === 'string') return await wishes.unsubscribe(userId, unsubscribe)
  if (isSubscription(subscribe)) return await wishes.subscribe(userId, subscribe)
  throw new TaskError('invalid_request', 'Give "mail" as true or false, "subscribe" or "unsubscribe".')
}

function isSubscription(value: unknown): value is Subscription {
  if (!isJsonObject(value) || !isJsonObject(value['keys'])) return false
  const { endpoint, keys } = value
  return [endpoint, keys['p256dh'], keys['auth']].every((text) => typeof text === 'string' && text !== '')
}
