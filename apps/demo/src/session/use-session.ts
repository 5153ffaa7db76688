import { useCallback, useEffect, useState } from 'react'
import { forgetDrafts } from '../form/draft.ts'
import { sendDeletions } from '../tasks/undo-delete.tsx'

/** A person who can sign in. */
export interface Person {
  id: string
  name: string
  brandId: string
  brandName: string
  tier: 'free' | 'premium'
  role?: 'operator'
}

/** What the server takes of one person. */
export interface Limits {
  /** Tasks that run at once. */
  runningPerUser: number
  /** New tasks in a minute. */
  createPerMinute: number
}

interface SessionReply {
  user: Person | null
  people: Person[]
  limits: Limits
}

const URL = '/api/demo/session'

type Changed = Pick<Session, 'user' | 'limits'>

async function readSession(): Promise<SessionReply> {
  return await ask<SessionReply>('GET')
}

async function createSession(userId: string): Promise<Changed> {
  const { user, limits } = await ask<Changed>('POST', { user: userId })
  return { user, limits }
}

/** What waits is done before, because nobody may do it afterwards; drafts stay with nobody. */
async function deleteSession(): Promise<Changed> {
  await sendDeletions()
  forgetDrafts()
  await ask('DELETE')
  return { user: null, limits: undefined }
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
  limits: Limits | undefined
  /** A sentence for people when the server cannot be reached. */
  problem: string | undefined
  signIn: (userId: string) => void
  /** The same user once more, after the server has forgotten the session. */
  signInAgain: () => Promise<void>
  signOut: () => void
}

// Translated where it is shown.
const UNREACHABLE = 'The studio cannot be reached. Check that the server runs, then try again.'

const CHANNEL = 'studio-session'

/** All tabs of a browser share its cookie, so none goes on for a user who has signed out in another one. */
function tellAllTabs(changed: Changed): void {
  const tabs = new BroadcastChannel(CHANNEL)
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no target, it is of one origin
  tabs.postMessage(changed)
  tabs.close()
}

/** The session of the cookie. The browser's storage keeps no part of it. */
export function useSession(): Session {
  const [session, setSession] = useState<Pick<Session, 'state' | 'user' | 'people' | 'limits' | 'problem'>>({
    state: 'loading',
    user: null,
    people: [],
    limits: undefined,
    problem: undefined,
  })

  useEffect(() => {
    readSession().then(
      (reply) => setSession({ state: 'ready', problem: undefined, ...reply }),
      () => setSession((before) => ({ ...before, state: 'ready', problem: UNREACHABLE })),
    )
  }, [])

  const change = useCallback((request: Promise<Changed>) => {
    request.then(tellAllTabs).catch(() => setSession((before) => ({ ...before, problem: UNREACHABLE })))
  }, [])
  useEffect(() => {
    const tabs = new BroadcastChannel(CHANNEL)
    tabs.addEventListener('message', ({ data }: MessageEvent<Changed>) =>
      setSession((before) => ({ ...before, ...data, problem: undefined })),
    )
    return () => tabs.close()
  }, [])
  const signIn = useCallback((userId: string) => change(createSession(userId)), [change])
  const signOut = useCallback(() => change(deleteSession()), [change])

  const { user } = session
  const signInAgain = useCallback(async () => {
    if (user) await createSession(user.id)
  }, [user])

  return { ...session, signIn, signInAgain, signOut }
}
