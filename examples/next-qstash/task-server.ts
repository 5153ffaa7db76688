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
    steps: { story: { title: 'Writing', output: z.string() } },
    result: z.object({ story: z.string() }),
  }),
})
declare module '@brandkit/core' {
  interface Register {
    catalog: typeof catalog
  }
}

const { DATABASE_URL = '', PORT = 3000, PUBLIC_URL = `http://127.0.0.1:${PORT}`, QSTASH_TOKEN = '' } = process.env
export const taskServer = createTaskServer({
  catalog,
  store: postgresStore({ database: DATABASE_URL, migrate: 'auto' }),
  queue: qstashQueue({
    token: QSTASH_TOKEN,
    currentSigningKey: process.env.QSTASH_CURRENT_SIGNING_KEY ?? '',
    nextSigningKey: process.env.QSTASH_NEXT_SIGNING_KEY ?? '',
    publicUrl: `${PUBLIC_URL}/api/jobs`,
    baseUrl: process.env.QSTASH_URL, // the stand-in on this machine; QStash itself when it is not set
  }),
  invocationBudgetMs: 290_000, // hands the task to the next invocation before the platform ends this one
  authenticate: () => ({ userId: 'dev', brandIds: '*' }), // EVERYBODY is `dev`: read your session here, `null` for 401
  generators: {
    WRITE_STORY: async ({ payload, signal, step }) => {
      const write = () => wait(3_000, `Once there was ${payload.about} in a storm.`, { signal }) // stands for a model
      return { story: await step('story', write) } // a finished step is not done again
    },
  },
})
