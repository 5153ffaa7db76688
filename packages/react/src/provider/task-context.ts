'use client'

import type { PageConnection } from '@brandkit/client/page'
import type { Outbox, TaskFollower, PageService } from '@brandkit/client'
import type { TaskLogger } from '@brandkit/core'
import type { QueryClient } from '@tanstack/react-query'
import { createContext } from 'react'
import type { TranslateOptions } from '../labels/translate.js'
import type { Announcer } from '../session/announcer.js'
import type { TaskSession } from '../session/task-session.js'

/** What waits to be sent, as far as it is shown. */
export interface TaskOutbox extends Pick<Outbox, 'entries' | 'subscribe' | 'discard'> {
  readonly sendAgain: (key: string) => Promise<unknown>
}

/** Stable services; never the task list, so that a changed task renders its own row and nothing else. */
export interface TaskContextValue {
  service: PageService
  queryClient: QueryClient
  follower: TaskFollower
  logger: TaskLogger
  userId: string | null
  /** The brand of new tasks, unless they name one. */
  brandId: string | undefined
  /** Milliseconds since the epoch. Stories and tests freeze it. */
  now: () => number
  /** What `useTranslate` makes the components' texts of. */
  texts: TranslateOptions
  session: TaskSession
  connection: Pick<PageConnection, 'get' | 'subscribe'>
  outbox: TaskOutbox
  announcer: Announcer
}

export const TaskContext = createContext<TaskContextValue | null>(null)
