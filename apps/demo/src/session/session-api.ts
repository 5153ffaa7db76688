/** Somebody who can sign in. */
export interface Person {
  id: string
  name: string
  brandId: string
  brandName: string
  tier: 'free' | 'premium'
  role?: 'operator'
}

export interface SessionReply {
  user: Person | null
  people: Person[]
}

const URL = '/api/demo/session'

export async function readSession(): Promise<SessionReply> {
  return await ask<SessionReply>('GET')
}

export async function createSession(userId: string): Promise<Person> {
  const { user } = await ask<{ user: Person }>('POST', { user: userId })
  return user
}

export async function deleteSession(): Promise<void> {
  await ask('DELETE')
}

async function ask<Reply>(method: string, body?: unknown): Promise<Reply> {
  const response = await fetch(URL, {
    method,
    ...(body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  })
  if (!response.ok) throw new Error(`The server answered ${response.status}.`)
  return (await response.json()) as Reply
}
