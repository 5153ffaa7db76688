import type { Lease, QueueBackend, TaskStore } from '@brandkit/server-adapter'

/** What can be switched off, to show that the run notices. */
export const GUARDS = ['checkpoints', 'alarm', 'epoch'] as const
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
  if (guard === 'epoch') {
    /** The lease of the task's present owner. */
    const current = async ({ taskId, epoch }: Lease): Promise<Lease> => {
      const [task] = await store.find([taskId], { reach: 'tenant', tenantId: 'default' })
      return { taskId, epoch: task?.epoch ?? epoch }
    }
    return wrap(store, {
      beat: async (lease, input) => store.beat(await current(lease), input),
      report: async (lease, report) => store.report(await current(lease), report),
      checkpoint: async (lease, checkpoint) => store.checkpoint(await current(lease), checkpoint),
      settle: async (lease, end) => store.settle(await current(lease), end),
      // Otherwise a worker that has lost its task hears of it, and writes no more.
      watch: () => () => {},
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
