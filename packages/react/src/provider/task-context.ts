'use client'

import type { PageConnection } from '@brandkit/client/page'
import type { Outbox, TaskFollower, PageService } from '@brandkit/client'
import type { BackgroundTask, TaskLogger } from '@brandkit/core'
import type { QueryClient } from '@tanstack/react-query'
import { createContext } from 'react'
import type { TranslateOptions } from '../labels/translate.js'
import type { Announcer } from '../session/announcer.js'
import type { TaskSession } from '../session/task-session.js'

/** The part of the outbox that components show. */
interface TaskOutbox extends Pick<Outbox, 'entries' | 'subscribe' | 'discard'> {
  readonly sendAgain: (key: string) => Promise<unknown>
}

/** The titles of tasks by type, as a catalog has them. */
export type TaskTitles = Readonly<Record<string, { title(task: { payload: never }): string }>>

/** Stable services. The task list is not among them, so that a changed task renders only its own row. */
export interface TaskContextValue {
  service: PageService
  queryClient: QueryClient
  follower: TaskFollower
  logger: TaskLogger
  userId: string | null
  /** The brand of new tasks that name none. */
  brandId: string | undefined
  /** Milliseconds since the epoch. Stories and tests freeze it. */
  now: () => number
  /** What `useTranslate` makes the texts of, and the language that they are in. */
  texts: TranslateOptions & { lang: string | undefined }
  /** The name of another user, if the app knows it. */
  nameOf: ((userId: string) => string | undefined) | undefined
  /** The titles for creates that are not sent yet. */
  catalog: TaskTitles | undefined
  /** Opens the app's form for a failed task. */
  onEdit: ((task: BackgroundTask) => void) | undefined
  /** Signs the user in again, and goes on afterwards. Rejects as the app's `onSignIn` does. */
  signIn: (() => Promise<void>) | undefined
  session: TaskSession
  connection: Pick<PageConnection, 'get' | 'subscribe'>
  outbox: TaskOutbox
  announcer: Announcer
}

export const TaskContext = createContext<TaskContextValue | null>(null)
