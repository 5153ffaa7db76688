import { useCallback, useEffect, useState } from 'react'

/** A person who can sign in. */
export interface Person {
  id: string
  name: string
  brandId: string
  brandName: string
  tier: 'free' | 'premium'
  role?: 'operator'
}

interface SessionReply {
  user: Person | null
  people: Person[]
}

const URL = '/api/demo/session'

async function readSession(): Promise<SessionReply> {
  return await ask<SessionReply>('GET')
}

async function createSession(userId: string): Promise<Person> {
  const { user } = await ask<{ user: Person }>('POST', { user: userId })
  return user
}

async function deleteSession(): Promise<void> {
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

export interface Session {
  state: 'loading' | 'ready'
  user: Person | null
  people: readonly Person[]
  /** A sentence for people when the server cannot be reached. */
  problem: string | undefined
  signIn: (userId: string) => void
  signOut: () => void
}

const UNREACHABLE = 'The studio cannot be reached. Check that the server runs, then try again.'

/** The session of the cookie. The browser's storage keeps no part of it. */
export function useSession(): Session {
  const [session, setSession] = useState<Pick<Session, 'state' | 'user' | 'people' | 'problem'>>({
    state: 'loading',
    user: null,
    people: [],
    problem: undefined,
  })

  useEffect(() => {
    readSession().then(
      (reply) => setSession({ state: 'ready', problem: undefined, ...reply }),
      () => setSession((before) => ({ ...before, state: 'ready', problem: UNREACHABLE })),
    )
  }, [])

  const change = useCallback((request: Promise<Person | null>) => {
    request.then(
      (user) => setSession((before) => ({ ...before, user, problem: undefined })),
      () => setSession((before) => ({ ...before, problem: UNREACHABLE })),
    )
  }, [])
  const signIn = useCallback((userId: string) => change(createSession(userId)), [change])
  const signOut = useCallback(() => change(deleteSession().then(() => null)), [change])

  return { ...session, signIn, signOut }
}
