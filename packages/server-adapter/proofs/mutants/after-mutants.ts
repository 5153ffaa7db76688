import type { StoreMutant } from './store-mutant.js'

export const AFTER_MUTANTS: readonly StoreMutant[] = [
  {
    name: 'starts a task before those that it follows',
    breaks: 'keeps a task back until all that it follows have completed, and names those that have not',
    breakIt: (store) => ({
      create: (input) => store.create({ ...input, tasks: input.tasks.map((task) => ({ ...task, after: undefined })) }),
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
