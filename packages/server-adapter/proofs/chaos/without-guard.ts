import type { Lease, QueueBackend, TaskStore } from '@brandkit/server-adapter'

/** Guards that can be switched off, to prove that the run notices. */
export const GUARDS = ['checkpoints', 'alarm', 'epoch', 'outbox', 'unique', 'after'] as const
export type Guard = (typeof GUARDS)[number]

/** The store without one of its guards. */
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
  if (guard === 'unique') {
    return wrap(store, {
      create: (input) => store.create({ ...input, tasks: input.tasks.map((task) => ({ ...task, unique: undefined })) }),
    })
  }
  if (guard === 'after') {
    return wrap(store, {
      create: (input) => store.create({ ...input, tasks: input.tasks.map((task) => ({ ...task, after: undefined })) }),
    })
  }
  if (guard === 'epoch') {
    /** The lease of the task's current owner. */
    const current = async (lease: Lease): Promise<Lease> => {
      const [task] = await store.find([lease.taskId], { reach: 'tenant', tenantId: 'default' })
      return { ...lease, epoch: task?.epoch ?? lease.epoch }
    }
    return wrap(store, {
      beat: async (lease, input) => store.beat(await current(lease), input),
      report: async (lease, report) => store.report(await current(lease), report),
      checkpoint: async (lease, checkpoint) => store.checkpoint(await current(lease), checkpoint),
      settle: async (lease, end) => store.settle(await current(lease), end),
      // Notifies of no changes, so that a worker that has lost its task keeps writing.
      watch: () => () => {},
    })
  }
  if (guard === 'outbox') {
    let ends = 0
    return wrap(store, {
      // As if notices were stored after the end, and the process sometimes died in between.
      settle: async (lease, end) => {
        ends += 1
        return store.settle(lease, ends % 5 === 0 ? { ...end, notices: undefined } : end)
      },
    })
  }
  return store
}

/** Without the alarm: a queue that sometimes loses messages. */
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

/** A getter stays a getter, because the database exists only once the store is open. */
function wrap(store: TaskStore, changed: Partial<TaskStore>): TaskStore {
  return Object.create(store, Object.getOwnPropertyDescriptors(changed)) as TaskStore
}
