import { setTimeout as wait } from 'node:timers/promises'
import { defineTask, defineTasks } from '@brandkit/core'
import { createTaskServer } from '@brandkit/server-adapter'
import { postgresStore } from '@brandkit/server-adapter/postgres'
import { qstashQueue } from '@brandkit/server-adapter/qstash'
import * as z from 'zod'

const catalog = defineTasks({
  WRITE_STORY: defineTask({
    title: ({ payload }) => `Story about ${payload.about}`,
    payload: z.object({ about: z.string() }),
    steps: { plot: { title: 'Finding a plot', output: z.string() } },
    result: z.object({ story: z.string() }),
  }),
})
declare module '@brandkit/core' {
  interface Register {
    catalog: typeof catalog
  }
}

const { DATABASE_URL = 'postgres://localhost/stories', QSTASH_TOKEN = 'not set', QSTASH_URL, PORT = 3000 } = process.env
export const taskServer = createTaskServer({
  catalog,
  store: postgresStore({ database: DATABASE_URL, migrate: 'auto' }),
  queue: qstashQueue({
    token: QSTASH_TOKEN,
    currentSigningKey: process.env.QSTASH_CURRENT_SIGNING_KEY ?? 'not set',
    nextSigningKey: process.env.QSTASH_NEXT_SIGNING_KEY ?? 'not set',
    publicUrl: `${process.env.PUBLIC_URL ?? `http://127.0.0.1:${PORT}`}/api/jobs`,
    baseUrl: QSTASH_URL, // only for a stand-in
  }),
  invocationBudgetMs: 290_000, // hands the task to the next invocation before the platform ends this one
  authenticate: () => ({ userId: 'dev', brandIds: '*' }), // your session comes here, `null` for 401
  generators: {
    WRITE_STORY: async ({ payload, signal, step }) => {
      const plot = await step('plot', () => wait(1_000, `${payload.about} in a storm`, { signal }))
      return { story: `Once there was ${plot}.` }
    },
  },
})
