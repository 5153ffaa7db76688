'use client'

import type { TaskFollower, TaskService } from '@brandkit/client'
import type { TaskLogger } from '@brandkit/core'
import type { QueryClient } from '@tanstack/react-query'
import { createContext } from 'react'
import type { TranslateOptions } from '../labels/translate.js'
import type { Announcer } from './announcer.js'
import type { PageConnection } from './page-connection.js'
import type { TaskOutbox } from './task-outbox.js'
import type { TaskSession } from './task-session.js'

/** Stable services; never the task list, so that a changed task renders its own row and nothing else. */
export interface TaskContextValue {
  service: TaskService
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
