import type { StoreMutant } from './store-mutant.js'

export const UNIQUE_MUTANTS: readonly StoreMutant[] = [
  {
    name: 'knows no unique work',
    breaks: 'makes one task of 50 creates of the same work at once, and answers each with it',
    breakIt: (store) => ({
      create: (input) => store.create({ ...input, tasks: input.tasks.map((task) => ({ ...task, unique: undefined })) }),
    }),
  },
  {
    name: 'replaces whatever is under way',
    breaks: 'never returns, names or replaces the task of somebody else',
    breakIt: (store) => ({
      create: (input) =>
        store.create({
          ...input,
          tasks: input.tasks.map(({ unique, ...task }) => ({
            ...task,
            unique: unique && { ...unique, scope: { reach: 'tenant', tenantId: task.tenantId } },
          })),
        }),
    }),
  },
]
