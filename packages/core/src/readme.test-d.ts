import * as z from 'zod'
import { defineTask, defineTasks } from './index.js'

// The README's example, letter for letter below the imports.
export const catalog = defineTasks({
  SEND_REPORT: defineTask({
    title: ({ payload }) => `Report: ${payload.month}`,
    payload: z.strictObject({ month: z.string().regex(/^\d{4}-\d{2}$/) }),
    steps: {
      figures: { title: 'Collecting figures', output: z.array(z.number()) },
      pages: { title: 'Laying out pages', weight: 2, output: z.object({ count: z.int() }) },
    },
    result: z.object({ reportId: z.string(), pages: z.int() }),
  }),
})

export const pages: number = {} as z.output<(typeof catalog)['SEND_REPORT']['result']>['pages']
