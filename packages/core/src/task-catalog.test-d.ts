import * as z from 'zod'
import { defineTask, defineTasks } from './index.js'

const report = defineTask({
  title: ({ payload }) => payload.name.toUpperCase(),
  payload: z.object({ name: z.string(), note: z.string().exactOptional() }),
  steps: { draft: { title: 'Drafting', output: z.array(z.number()) } },
  result: z.object({ pages: z.int() }),
})
export const good = defineTasks({ REPORT: report })

const dated = defineTask({ ...report, result: z.object({ at: z.date() }) })
// @ts-expect-error a Date does not survive JSON
export const badResult = defineTasks({ REPORT: dated })

const mapped = defineTask({ ...report, steps: { draft: { title: 'Drafting', output: z.map(z.string(), z.string()) } } })
// @ts-expect-error a Map does not survive JSON
export const badStep = defineTasks({ REPORT: mapped })

const big = defineTask({ ...report, payload: z.object({ name: z.string(), amount: z.bigint() }) })
// @ts-expect-error a bigint does not survive JSON
export const badPayload = defineTasks({ REPORT: big })

export const upgraded = defineTask({
  ...report,
  version: 2,
  upgrade: (old, from) => ({ name: `${String(old)} ${from}` }),
})
// @ts-expect-error what an upgrade gives must be a payload of today
export const badUpgrade = defineTask({ ...report, version: 2, upgrade: () => ({ title: 'May' }) })
// @ts-expect-error a promise is no payload
export const lateUpgrade = defineTask({ ...report, version: 2, upgrade: async () => ({ name: 'May' }) })
