import type { TaskFollower } from '@brandkit/client'
import { type QueryClient, QueryObserver } from '@tanstack/react-query'
import { READ_ONCE } from './read-once.js'
import { taskKeys } from './task-keys.js'

/**
 * Lets TanStack Query drive the follower: one query whose interval is the time until the next read is due.
 *
 * We use an observer instead of `useQuery`: renders of the provider leave the timer alone, and ticks of the timer do
 * not render the provider. Like Query, it pauses in hidden tabs and offline. Returns the function that stops it.
 */
export function startSync(options: { queryClient: QueryClient; follower: TaskFollower; userId: string }): () => void {
  const { queryClient, follower, userId } = options
  const queryOptions = {
    queryKey: taskKeys.sync(userId),
    queryFn: async ({ signal }: { signal: AbortSignal }) => {
      await follower.poll({ signal })
      return null
    },
    // Query reads an interval of 0 as "never".
    refetchInterval: () => {
      const delay = follower.msUntilDue()
      return delay === false ? false : Math.max(1, delay)
    },
    refetchIntervalInBackground: false,
    // The next tick is the retry; the follower's backoff decides when.
    ...READ_ONCE,
    refetchOnMount: false,
    // The query has data from the start, so that mounting sends no request: only due tasks are read.
    initialData: null,
    gcTime: 0,
    networkMode: 'online',
  } as const

  const observer = new QueryObserver(queryClient, queryOptions)
  const unsubscribe = observer.subscribe(() => {})
  // Setting the same options makes the observer compute its interval again.
  const reschedule = () => observer.setOptions({ ...queryOptions })
  const unsubscribeFollower = follower.subscribe(reschedule)
  reschedule()

  return () => {
    unsubscribeFollower()
    unsubscribe()
  }
}
