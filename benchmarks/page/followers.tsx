import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { createTaskService } from '@brandkit/client'
import { isTerminal, silentLogger, type TaskJson } from '@brandkit/core'
import { TaskProvider, useTaskPolling } from '@brandkit/react'

interface FollowerProps {
  taskIds: readonly string[]
  fetch: typeof globalThis.fetch
}

/** One way to keep a list of tasks current. */
export interface Follower {
  title: string
  List: (props: FollowerProps) => ReactNode
}

/** What teams write: each row is a query with an interval, until its task has ended. */
const NAIVE_EVERY_MS = 2_000

function NaiveRow({ taskId, fetch }: { taskId: string; fetch: typeof globalThis.fetch }) {
  const { data: task } = useQuery({
    queryKey: ['task', taskId],
    queryFn: async () => {
      const response = await fetch(`http://fake.test/api/jobs?action=status&taskId=${taskId}`)
      if (!response.ok) throw new Error(`The server answered ${response.status}.`)
      return ((await response.json()) as { task: TaskJson }).task
    },
    refetchInterval: ({ state }) => (state.data && isTerminal(state.data.status) ? false : NAIVE_EVERY_MS),
  })
  return task ? <Row {...task} /> : null
}

function NaiveList({ taskIds, fetch }: FollowerProps) {
  const [queryClient] = useState(() => new QueryClient())
  return (
    <QueryClientProvider client={queryClient}>
      {taskIds.map((taskId) => (
        <NaiveRow key={taskId} taskId={taskId} fetch={fetch} />
      ))}
    </QueryClientProvider>
  )
}

function OurRow({ taskId }: { taskId: string }) {
  const { data: task } = useTaskPolling(taskId)
  return task ? <Row {...task} /> : null
}

function toOurList(options: { stream?: false }) {
  return function OurList({ taskIds, fetch }: FollowerProps) {
    const [service] = useState(() =>
      createTaskService({ url: 'http://fake.test/api/jobs', fetch, logger: silentLogger, ...options }),
    )
    return (
      <TaskProvider userId="ada" brandId="aurora" service={service}>
        {taskIds.map((taskId) => (
          <OurRow key={taskId} taskId={taskId} />
        ))}
      </TaskProvider>
    )
  }
}

/** The same markup for all. Its version tells the benchmark which change the page shows. */
function Row({
  taskId,
  title,
  status,
  progress,
  version,
}: Pick<TaskJson, 'taskId' | 'title' | 'status' | 'progress' | 'version'>) {
  return (
    <p data-task-id={taskId} data-version={version}>
      {title} <progress max={100} value={progress} /> {status}
    </p>
  )
}

export const FOLLOWERS: readonly Follower[] = [
  { title: `a query a task, every ${NAIVE_EVERY_MS / 1_000} s`, List: NaiveList },
  { title: 'ours, polling', List: toOurList({ stream: false }) },
  { title: 'ours, streaming', List: toOurList({}) },
]
