import type { TaskWire } from '@brandkit/client'
import { type QueryClient, useSuspenseQuery } from '@tanstack/react-query'
import {
  type BackgroundTask,
  type TaskError,
  type TaskFilter,
  type TaskId,
  taskQuery,
  type TaskService,
  type TaskSummary,
  useCreateTask,
  useDeleteTask,
  useLatestTask,
  useTaskBatch,
  useTaskConnection,
  useTaskEvents,
  useTaskHistory,
  useTasks,
} from '../../src/index.js'

declare const service: TaskService
declare const queryClient: QueryClient
declare const planId: TaskId<'GENERATE_MEDIA_PLAN'>
/** The type of `server.as(principal)`: the verbs in process, without a stream. */
declare const inProcess: Pick<TaskWire, 'getStatus' | 'list' | 'create'>

export async function prefetches(): Promise<void> {
  await queryClient.prefetchQuery(taskQuery({ service, userId: 'ada' }, planId))
  await queryClient.prefetchQuery(taskQuery({ service: { wire: inProcess }, userId: 'ada' }, planId))
  // @ts-expect-error the options must name the user of the cache entry
  taskQuery({ service }, planId)
}

export function useSuspended(): void {
  const { data } = useSuspenseQuery(taskQuery({ service, userId: 'ada' }, planId))
  data satisfies BackgroundTask<'GENERATE_MEDIA_PLAN'>
  if (data.status === 'completed') data.result.mediaPlanGroupId satisfies string
  // @ts-expect-error only completed tasks have a result
  data.result.mediaPlanGroupId satisfies string
}

export function useReading(filter: TaskFilter): void {
  const plan = useCreateTask('GENERATE_MEDIA_PLAN')
  plan.error satisfies TaskError | null
  useLatestTask('GENERATE_TRENDS', { brandId: 'aurora' }) satisfies BackgroundTask<'GENERATE_TRENDS'> | undefined
  useTasks(filter) satisfies TaskSummary[]
  // @ts-expect-error lists have no content
  useTasks(filter) satisfies BackgroundTask[]
  useTasks(filter, (tasks) => tasks.map(({ title }) => title)) satisfies string[]
  useTaskBatch(null).ended satisfies boolean
  useTaskHistory(filter).data?.pages.flatMap(({ tasks }) => tasks) satisfies TaskSummary[] | undefined
  useDeleteTask().mutate satisfies (taskId: string) => void
  useTaskConnection().lastUpdatedAt satisfies Date | undefined
  useTaskEvents({ onSettled: (task, { isLeader }) => void [task.taskId, isLeader satisfies boolean] })
  // @ts-expect-error tasks have no such event
  useTaskEvents({ onPaused: () => {} })
}
