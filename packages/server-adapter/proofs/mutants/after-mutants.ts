import { NOT_YET } from '../../src/store/after-tasks.js'
import type { StoreMutant } from './store-mutant.js'

export const AFTER_MUTANTS: readonly StoreMutant[] = [
  {
    name: 'shows the time that stands for “not yet” of a task that failed while it waited',
    breaks: 'keeps its own due time, also when it fails because of one that it follows',
    breakIt: (store) => ({
      async find(taskIds, scope, options) {
        const tasks = await store.find(taskIds, scope, options)
        return tasks.map((task) => Object.assign(task, task.errorCode === 'dependency_failed' && { runAt: NOT_YET }))
      },
    }),
  },
  {
    name: 'starts a task before those that it follows',
    breaks: 'keeps a task back until all that it follows have completed, and names those that have not',
    breakIt: (store) => ({
      create: (input) => store.create({ ...input, tasks: input.tasks.map((task) => ({ ...task, after: undefined })) }),
    }),
  },
  {
    name: 'knows no other task of its own create',
    breaks: 'may follow another task of the same create',
    breakIt: (store) => ({
      create(input) {
        const own = new Set(input.tasks.map(({ taskId }) => taskId))
        const tasks = input.tasks.map(({ after, ...task }) => ({
          ...task,
          after: after?.filter(({ taskId }) => !own.has(taskId)),
        }))
        return store.create({ ...input, tasks })
      },
    }),
  },
  {
    name: 'finds no retries',
    breaks: 'is read together with its retries, and theirs',
    breakIt: (store) => ({
      find: (taskIds, scope, { also: _also, ...options } = {}) => store.find(taskIds, scope, options),
    }),
  },
  {
    name: 'forgets who waits for a task that has ended',
    breaks: 'misses no end that comes while the task is created',
    breakIt: (store) => ({
      releaseNext: (ended, options) => store.releaseNext({ ...ended, awaited: undefined } as never, options),
    }),
  },
]
