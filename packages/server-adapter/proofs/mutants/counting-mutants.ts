import type { StoreMutant } from './store-mutant.js'

/** Mutants of what operators see. */
export const COUNTING_MUTANTS: readonly StoreMutant[] = [
  {
    name: 'counts the ends of every tenant',
    breaks: 'counts only the ends of the tenant that is named, and all of them without one',
    breakIt: (store) => ({ throughput: ({ span }) => store.throughput({ span }) }),
  },
  {
    name: 'counts the ends of other times as ends of now',
    breaks: 'counts the tasks that ended in the current bucket of a span, by their end: week',
    breakIt: (store) => ({
      throughput: async (query) => {
        const throughput = await store.throughput(query)
        return { ...throughput, completed: throughput.completed.toReversed() }
      },
    }),
  },
  {
    name: 'forgets the end of a deleted task',
    breaks: 'still counts the end of a task that was deleted',
    breakIt: (store) => {
      const deleted = new Set<string>()
      return {
        delete: (taskId, scope, acting) => {
          deleted.add(scope.tenantId)
          return store.delete(taskId, scope, acting)
        },
        throughput: async (query) => {
          const throughput = await store.throughput(query)
          if (!deleted.has(query.tenantId ?? '')) return throughput
          return { ...throughput, completed: throughput.completed.map(() => 0) }
        },
      }
    },
  },
  {
    name: 'believes in workers for ever',
    breaks: 'counts a worker with its slots while it says that it lives, also when its pass is skipped',
    breakIt: (store) => ({
      maintain: (input) => store.maintain({ ...input, worker: input.worker && { ...input.worker, aliveMs: 600_000 } }),
    }),
  },
  {
    name: 'lists the tasks of every user for the one that is named',
    breaks: 'lists the tasks of one user to a caller who may see others',
    breakIt: (store) => ({ list: (filter, scope) => store.list({ ...filter, userId: undefined }, scope) }),
  },
]
