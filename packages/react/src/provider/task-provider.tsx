'use client'

import type { PageService } from '@brandkit/client'
import { createPageService } from '@brandkit/client/page'
import { type BackgroundTask, createLogger } from '@brandkit/core'
import { QueryClient, QueryClientContext } from '@tanstack/react-query'
import { type ReactNode, useContext, useEffect, useMemo, useRef, useState } from 'react'
import { TaskAnnouncer } from './task-announcer.js'
import { TaskDock } from './task-dock.js'
import type { TaskLabels } from '../locales/task-labels.js'
import { createAnnouncer } from '../session/announcer.js'
import { TaskContext, type TaskContextValue, type TaskTitles } from './task-context.js'
import { createTaskSession } from '../session/task-session.js'

export interface TaskProviderProps {
  /**
   * The signed-in user, by the id that the server's `authenticate` gives. `null` before sign-in: no requests and no storage. A new id clears the previous user's tasks.
   */
  userId: string | null
  /** The brand of new tasks that name none. */
  brandId?: string | undefined
  /** The path or address at which the protocol is mounted. Default `/api/jobs`. Ignored when there is a `service`. */
  url?: string | undefined
  /** The app's own task service. Make it once, outside components: a new service restarts everything. */
  service?: PageService | undefined
  /** Default: the client of the app, if a provider around this one has a client; otherwise our own. */
  queryClient?: QueryClient | undefined
  /** Texts that replace the English ones. */
  labels?: Partial<TaskLabels> | undefined
  /**
   * BCP 47, for plurals, numbers and times. Default: that of the labels. Another language than theirs is ignored, so that
   * texts and digits agree.
   */
  locale?: string | undefined
  /**
   * The name of another user, for tasks of colleagues that `authorize` lets this user see. Keep the function between
   * renders: a new one renders all rows.
   */
  nameOf?: ((userId: string) => string | undefined) | undefined
  /**
   * Opens the app's form, filled in from the task's payload. If given, failures whose input must change offer "Edit and try
   * again". The task is read before if the page does not have its payload.
   */
  onEdit?: ((task: BackgroundTask) => void) | undefined
  /**
   * Signs the user in again, after the server has refused the session. If given, the panel and the toast of a create that
   * waits for it offer "Sign in". The page goes on as soon as the returned promise has resolved; without one, call
   * `useTaskContext().follower.wake()` after the sign-in.
   */
  onSignIn?: (() => unknown) | undefined
  /**
   * The app's catalog, or an object with its titles only: it names creates that wait to be sent. Default: the type's name.
   * Keep the object between renders.
   */
  catalog?: TaskTitles | undefined
  /** The clock in milliseconds since the epoch. Default `Date.now`. */
  now?: (() => number) | undefined
  /** `true` writes the whole trace to the console; otherwise only warnings and errors appear there. */
  debug?: boolean | undefined
  children?: ReactNode
}

/**
 * Keeps the signed-in user's tasks: restores them, follows them to their end, and serves all hooks and components
 * below.
 */
export function TaskProvider(props: TaskProviderProps): ReactNode {
  const {
    userId,
    brandId,
    url,
    service: givenService,
    queryClient: givenClient,
    labels,
    locale,
    nameOf,
    catalog,
    debug = false,
    children,
  } = props
  const now = useLatest(props.now ?? Date.now)
  const onEdit = useLatest(props.onEdit)
  const onSignIn = useLatest(props.onSignIn)
  const queryClient = useQueryClientOfApp(givenClient)

  const logger = useMemo(() => createLogger({ level: debug ? 'debug' : 'warn' }), [debug])
  const service = useMemo(() => givenService ?? createPageService({ url, logger }), [givenService, url, logger])
  const texts = useMemo(() => ({ labels, locale, lang: labels ? (labels.locale ?? locale) : 'en' }), [labels, locale])
  const session = useMemo(
    () => createTaskSession({ service, queryClient, userId, url, logger, now }),
    [service, queryClient, userId, url, logger, now],
  )
  const wake = useLatest(() => session.follower.wake())
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
      nameOf,
      catalog,
      onEdit,
      signIn:
        onSignIn &&
        (async () => {
          await onSignIn()
          wake()
        }),
      session,
      connection: session.connection,
      outbox: session.outbox,
      announcer,
    }),
    [
      service,
      queryClient,
      logger,
      userId,
      brandId,
      now,
      texts,
      nameOf,
      catalog,
      onEdit,
      onSignIn,
      wake,
      session,
      announcer,
    ],
  )
  return (
    // `.Provider`, because React 18 is supported too.
    <TaskContext.Provider value={value}>
      <TaskDock>{children}</TaskDock>
      {/* What was said to one user is gone for the next one. */}
      <TaskAnnouncer key={userId} />
    </TaskContext.Provider>
  )
}

/**
 * The app's client, if it has one. Our own client stays out of React's context, so that the app's hooks cannot use it.
 */
function useQueryClientOfApp(given: QueryClient | undefined): QueryClient {
  const inherited = useContext(QueryClientContext)
  const [own] = useState(() => new QueryClient())
  const client = given ?? inherited ?? own

  useEffect(() => {
    // Only a mounted client resumes what was paused offline. Apps mount their own.
    if (client !== own) return undefined
    client.mount()
    return () => client.unmount()
  }, [client, own])
  return client
}

/** Calls the function of the last render by one that stays the same, so that a new function in each render renders nothing. */
function useLatest<F extends (...given: never[]) => unknown>(given: F): F
function useLatest<F extends (...given: never[]) => unknown>(given: F | undefined): F | undefined
function useLatest<F extends (...given: never[]) => unknown>(given: F | undefined): F | undefined {
  const latest = useRef(given)
  useEffect(() => {
    latest.current = given
  })
  const isGiven = given !== undefined
  return useMemo(() => (isGiven ? (((...values) => latest.current?.(...values)) as F) : undefined), [isGiven])
}
