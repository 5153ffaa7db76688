import type { TaskFollower } from '@brandkit/client'
import { type QueryClient, QueryObserver } from '@tanstack/react-query'
import { READ_ONCE } from './read-once.js'
import { taskKeys } from './task-keys.js'

/**
 * Lets TanStack Query drive the follower: one query whose interval is the time until the next read is due.
 *
 * An observer instead of `useQuery`, so that neither a render of the provider disturbs the timer nor a tick of the
 * timer renders the provider. Pauses in hidden tabs and offline, as Query does. Returns the function that stops it.
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
    // Data from the start, so that mounting asks nothing: only what is due is read.
    initialData: null,
    gcTime: 0,
    networkMode: 'online',
  } as const

  const observer = new QueryObserver(queryClient, queryOptions)
  const unsubscribe = observer.subscribe(() => {})
  // Setting the same options makes the observer ask for its interval again.
  const reschedule = () => observer.setOptions({ ...queryOptions })
  const unsubscribeFollower = follower.subscribe(reschedule)
  reschedule()

  return () => {
    unsubscribeFollower()
    unsubscribe()
  }
}
