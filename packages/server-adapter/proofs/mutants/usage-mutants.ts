import type { StoreMutant } from './store-mutant.js'

export const USAGE_MUTANTS: readonly StoreMutant[] = [
  {
    name: 'loses what was spent once the lease is lost',
    breaks: 'stores what was spent though the task was cancelled or has another owner, and says that the lease is lost',
    breakIt: (store) => ({
      report: async (lease, { usage, ...report }) => {
        await store.report(lease, report)
        if (usage) await store.report(lease, { usage })
      },
    }),
  },
  {
    name: 'counts usage again when a report is repeated',
    breaks: 'counts a report once, however often and in whatever order it arrives',
    breakIt: (store) => {
      let sequence = 0
      return {
        report: (lease, { usage, ...report }) =>
          store.report(lease, usage ? { ...report, usage: { ...usage, sequence: (sequence += 1) } } : report),
      }
    },
  },
  {
    name: 'counts only the first attempt’s usage',
    breaks: 'keeps what failed attempts have used, attempt by attempt',
    breakIt: (store) => ({
      report: (lease, { usage, ...report }) =>
        store.report(lease, usage && usage.attempt === 1 ? { ...report, usage } : report),
    }),
  },
]
