import type { QueueBackend, TaskStore } from '@brandkit/server-adapter'

/** What can be switched off, to show that the run notices. */
export const GUARDS = ['checkpoints', 'alarm'] as const
export type Guard = (typeof GUARDS)[number]

/** The store with one of its guards taken out. */
export function withoutGuard(store: TaskStore, guard: Guard | undefined): TaskStore {
  if (guard === 'checkpoints') {
    return wrap(store, {
      claim: async (input) => {
        const claim = await store.claim(input)
        return claim.outcome === 'claimed' ? { ...claim, checkpoints: new Map() } : claim
      },
    })
  }
  if (guard === 'alarm') {
    return wrap(store, {
      maintain: async (input) => {
        const outcome = await store.maintain(input)
        return outcome && { ...outcome, deliver: [] }
      },
    })
  }
  return store
}

/** A queue that now and then loses what it was given, where nothing rings again. */
export function forgetful(queue: QueueBackend, guard: Guard | undefined): QueueBackend {
  if (guard !== 'alarm') return queue
  let published = 0
  return {
    ...queue,
    enqueue: (deliveries) =>
      queue.enqueue(
        deliveries.filter(() => {
          published += 1
          return published % 10 !== 0
        }),
      ),
  }
}

/** A getter stays a getter: the database exists only once the store is open. */
function wrap(store: TaskStore, changed: Partial<TaskStore>): TaskStore {
  return Object.create(store, Object.getOwnPropertyDescriptors(changed)) as TaskStore
}
