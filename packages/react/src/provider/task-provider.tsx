'use client'

import type { PageService } from '@brandkit/client'
import { createPageService } from '@brandkit/client/page'
import { createLogger } from '@brandkit/core'
import { QueryClient, QueryClientContext } from '@tanstack/react-query'
import { type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react'
import { TaskAnnouncer } from './task-announcer.js'
import { TaskDock } from './task-dock.js'
import type { TaskLabels } from '../locales/task-labels.js'
import { createAnnouncer } from '../session/announcer.js'
import { TaskContext, type TaskContextValue } from './task-context.js'
import { createTaskSession } from '../session/task-session.js'

export interface TaskProviderProps {
  /** The signed-in user. `null` while there is none: nothing is asked and nothing is stored. A changed id forgets the old one's tasks. */
  userId: string | null
  /** The brand of new tasks, unless they name one. */
  brandId?: string | undefined
  /** The path or address at which the protocol is mounted. Default `/api/jobs`. Ignored when there is a `service`. */
  url?: string | undefined
  /** A task service of the app. Make it once, outside of components: a new service starts everything anew. */
  service?: PageService | undefined
  /** Default: the app's own, if it has one around the provider; else one of ours. */
  queryClient?: QueryClient | undefined
  /** Texts that replace the English ones. */
  labels?: Partial<TaskLabels> | undefined
  /** BCP 47, for plurals, numbers and times. Default `en`. */
  locale?: string | undefined
  /** The clock in milliseconds since the epoch. Default `Date.now`. */
  now?: (() => number) | undefined
  /** `true` writes the whole trace to the console; otherwise only warnings and errors appear there. */
  debug?: boolean | undefined
  children?: ReactNode
}

/** Keeps the signed-in user's tasks: restores them, follows them to their end, and serves every hook and component below. */
export function TaskProvider(props: TaskProviderProps): ReactNode {
  const {
    userId,
    brandId,
    url,
    service: givenService,
    queryClient: givenClient,
    labels,
    locale,
    debug = false,
    children,
  } = props
  const now = useLatestClock(props.now)
  const queryClient = useQueryClientOfApp(givenClient)

  const logger = useMemo(() => createLogger({ level: debug ? 'debug' : 'warn' }), [debug])
  const service = useMemo(() => givenService ?? createPageService({ url, logger }), [givenService, url, logger])
  const texts = useMemo(() => ({ labels, locale }), [labels, locale])
  const session = useMemo(
    () => createTaskSession({ service, queryClient, userId, url, logger, now }),
    [service, queryClient, userId, url, logger, now],
  )
  const [announcer] = useState(createAnnouncer)
  const lastUserId = useRef(userId)
  useEffect(() => {
    if (lastUserId.current !== userId) session.forgetOthers()
    lastUserId.current = userId
    return session.start()
  }, [session, userId])

  const value = useMemo<TaskContextValue>(
    () => ({
      service,
      queryClient,
      follower: session.follower,
      logger,
      userId,
      brandId,
      now,
      texts,
      session,
      connection: session.connection,
      outbox: session.outbox,
      announcer,
    }),
    [service, queryClient, logger, userId, brandId, now, texts, session, announcer],
  )
  return (
    // `.Provider`, because React 18 is supported too.
    <TaskContext.Provider value={value}>
      <TaskDock>{children}</TaskDock>
      <TaskAnnouncer />
    </TaskContext.Provider>
  )
}

/** The app's client where there is one. Our own is never put into React's context: the app's hooks must not meet it. */
function useQueryClientOfApp(given: QueryClient | undefined): QueryClient {
  const inherited = useContext(QueryClientContext)
  const [own] = useState(() => new QueryClient())
  const client = given ?? inherited ?? own

  useEffect(() => {
    // An unmounted client does not resume what was paused offline; the app mounts its own.
    if (client !== own) return undefined
    client.mount()
    return () => client.unmount()
  }, [client, own])
  return client
}

/** A clock that never changes its identity, though the prop may be a new function at every render. */
function useLatestClock(now: (() => number) | undefined): () => number {
  const latest = useRef(now)
  useEffect(() => {
    latest.current = now
  })
  return useCallback(() => (latest.current ?? Date.now)(), [])
}
