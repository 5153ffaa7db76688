import type { StoreMutant } from './store-mutant.js'

const ANYONE = { reach: 'tenant', tenantId: 'acme' } as const

/** Mutants of streamed text. */
export const STORE_TEXT_MUTANTS: readonly StoreMutant[] = [
  {
    name: 'lets the next attempt go on behind text that no checkpoint has kept',
    breaks: 'cuts the text to the last checkpoint at the next claim, and tells readers from where it is new',
    breakIt: (store) => ({
      claim: async (input) => {
        const [before] = await store.find([input.taskId], ANYONE, { textAfter: '' })
        const claim = await store.claim(input)
        if (claim.outcome !== 'claimed' || !before?.text?.append) return claim
        await store.report(claim.lease, { text: { at: 0, append: before.text.append } })
        return { ...claim, text: before.text.append }
      },
    }),
  },
  {
    name: 'gives a reader the text that it has already',
    breaks: 'gives a reader only what is new, by a cursor that changes with the text',
    breakIt: (store) => ({
      find: (taskIds, scope, options) =>
        store.find(taskIds, scope, options?.textAfter === undefined ? options : { ...options, textAfter: '' }),
    }),
  },
  {
    name: 'takes text of a worker that has lost its task',
    breaks: 'refuses text of a worker that has lost its task, even in the same moment',
    breakIt: (store) => ({
      report: async (lease, report) => {
        const [task] = await store.find([lease.taskId], ANYONE)
        return store.report({ ...lease, epoch: (report.text && task?.epoch) || lease.epoch }, report)
      },
    }),
  },
]
