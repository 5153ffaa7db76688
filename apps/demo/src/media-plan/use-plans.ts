import { taskService } from '@brandkit/client'
import type { BackgroundTask } from '@brandkit/core'
import { useTasks } from '@brandkit/react'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'

export type PlanTask = BackgroundTask<'GENERATE_MEDIA_PLAN'>

const FILTER = { type: 'GENERATE_MEDIA_PLAN' } as const
const MOST = 50

/** The user's media plans, newest first: earlier ones as the server lists them, those that change as the page follows them. */
export function usePlans(userId: string): { plans: PlanTask[]; isLoading: boolean } {
  const earlier = useQuery({
    queryKey: ['demo', 'plans', userId],
    queryFn: ({ signal }) => taskService.listTasks({ ...FILTER, limit: MOST }, { signal }),
    staleTime: 30_000,
  })
  const live = useTasks(FILTER)

  const plans = useMemo(() => {
    const byId = new Map<string, BackgroundTask>()
    for (const task of [...(earlier.data?.tasks ?? []), ...live]) {
      const known = byId.get(task.taskId)
      if (!known || task.version >= known.version) byId.set(task.taskId, task)
    }
    return [...byId.values()]
      .filter((task): task is PlanTask => task.type === FILTER.type)
      .toSorted((one, other) => other.createdAt.getTime() - one.createdAt.getTime())
  }, [earlier.data, live])

  return { plans, isLoading: earlier.isLoading }
}
