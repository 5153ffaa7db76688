import { createTaskService, type TaskService } from '@brandkit/client'
import { silentLogger, type TaskJson } from '@brandkit/core'
import type { ReactNode } from 'react'
import { render, type RenderResult } from 'vitest-browser-react'
import type { TaskContextValue } from '../src/provider/task-context.js'
import { TaskProvider, type TaskProviderProps } from '../src/provider/task-provider.js'
import { useTaskContext } from '../src/provider/use-task-context.js'
import { rememberVisit } from '../src/testing/remember-visit.js'
import { createFakeTaskServer, type FakeTaskServer } from './fake-task-server.js'

export interface RenderedTasks {
  server: FakeTaskServer
  screen: RenderResult
  /** Renders the same provider again, with other children or props. */
  rerender(children: ReactNode, props?: Partial<TaskProviderProps>): Promise<void>
  context(): TaskContextValue
  /** Changes a task on the server and makes the page poll at once. */
  change(taskId: string, fields: Partial<TaskJson>): void
}

export function serviceOf(server: FakeTaskServer): TaskService {
  return createTaskService({ fetch: server.fetch, logger: silentLogger })
}

interface RenderOptions extends Partial<TaskProviderProps> {
  server?: FakeTaskServer
  /** In milliseconds since the epoch; `null` makes this the first visit of the user in this browser. Default 0. */
  lastVisitAt?: number | null
}

/** Renders components below a provider whose service is a fake server. */
export async function renderTasks(
  children: ReactNode,
  { server = createFakeTaskServer(), lastVisitAt = 0, ...props }: RenderOptions = {},
): Promise<RenderedTasks> {
  const { userId = 'ada' } = props
  if (userId !== null && lastVisitAt !== null) rememberVisit(userId, lastVisitAt)
  const service = serviceOf(server)
  let context: TaskContextValue | undefined
  const keepContext = (value: TaskContextValue) => {
    context = value
  }
  const wrap = (content: ReactNode, changed: Partial<TaskProviderProps> = {}) => (
    <TaskProvider userId="ada" brandId="aurora" service={service} {...props} {...changed}>
      {content}
      <ContextKeeper keep={keepContext} />
    </TaskProvider>
  )
  const screen = await render(wrap(children))
  const getContext = () => {
    if (!context) throw new Error('The provider has not rendered.')
    return context
  }
  return {
    server,
    screen,
    rerender: (content, changed) => screen.rerender(wrap(content, changed)),
    context: getContext,
    change: (taskId, fields) => {
      server.change(taskId, fields)
      getContext().follower.wake()
    },
  }
}

function ContextKeeper({ keep }: { keep: (context: TaskContextValue) => void }): ReactNode {
  keep(useTaskContext())
  return null
}
