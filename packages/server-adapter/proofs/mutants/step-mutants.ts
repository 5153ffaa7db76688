import type { TakeOver } from '../../src/store/take-over.js'
import type { NewStoredTask } from '../../src/store/task-store.js'
import type { StoreMutant } from './store-mutant.js'

/** Stores that break a promise about items of steps, or about what a retry takes over. */
export const STEP_MUTANTS: readonly StoreMutant[] = [
  {
    name: 'forgets finished steps at the next claim',
    breaks: 'keeps every checkpoint, also when all come at once, and gives them to the next attempt',
    breakIt: (store) => ({
      claim: async (input) => {
        const claim = await store.claim(input)
        return claim.outcome === 'claimed' ? { ...claim, checkpoints: new Map() } : claim
      },
    }),
  },
  {
    name: 'counts no items',
    breaks: 'counts the items of a running step, of all that is known',
    breakIt: (store) => ({ report: (lease, report) => store.report(lease, { ...report, items: undefined }) }),
  },
  {
    name: 'finishes a step with any of its items',
    breaks: 'counts the items of a running step, of all that is known',
    breakIt: (store) => ({
      checkpoint: (lease, checkpoint) =>
        store.checkpoint(lease, checkpoint.items ? { ...checkpoint, items: { done: 1, total: 1 } } : checkpoint),
    }),
  },
  {
    name: 'keeps one output for all items of a step',
    breaks: 'gives each item to the next attempt, also when all come at once',
    breakIt: (store) => ({
      checkpoint: (lease, checkpoint) => store.checkpoint(lease, { ...checkpoint, item: checkpoint.item && 'any' }),
    }),
  },
  {
    name: 'lets a retry begin with nothing',
    breaks: 'begins where the old task ended, which keeps its own',
    breakIt: (store) => ({
      create: (input) =>
        store.create({ ...input, tasks: input.tasks.map((task) => ({ ...task, takeOver: undefined })) }),
    }),
  },
  {
    name: 'lets a retry forget the text of the steps that it keeps',
    breaks: 'keeps the text up to the last checkpoint, if it is told to, and writes on behind it',
    breakIt: takingOver(() => ({ text: undefined })),
  },
  {
    name: 'takes over steps that are to be done again',
    breaks: 'takes over the named steps alone',
    breakIt: takingOver(({ steps }) => ({ steps: steps.map(({ key }) => key) })),
  },
]

/** Changes what each new task takes over, if it takes over anything. */
function takingOver(change: (task: NewStoredTask) => Partial<TakeOver>): StoreMutant['breakIt'] {
  return (store) => ({
    create: (input) =>
      store.create({
        ...input,
        tasks: input.tasks.map((task) => ({
          ...task,
          takeOver: task.takeOver && { ...task.takeOver, ...change(task) },
        })),
      }),
  })
}
