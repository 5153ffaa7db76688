import { setTimeout as wait } from 'node:timers/promises'
import { defineTask, defineTasks } from '@brandkit/core'
import { createTaskServer } from '@brandkit/server-adapter'
import { pgBossQueue } from '@brandkit/server-adapter/pg-boss'
import { postgresStore } from '@brandkit/server-adapter/postgres'
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

export const taskServer = createTaskServer({
  catalog,
  store: postgresStore({ database: process.env.DATABASE_URL ?? '', migrate: 'auto' }), // '' is refused, with a sentence
  queue: pgBossQueue(), // in the same database
  authenticate: () => ({ userId: 'dev', brandIds: '*' }), // EVERYBODY is `dev`: read your session here, `null` for 401
  generators: {
    WRITE_STORY: async ({ payload, signal, step }) => {
      const write = () => wait(3_000, `Once there was ${payload.about} in a storm.`, { signal }) // stands for a model
      return { story: await step('story', write) } // a finished step is not done again
    },
  },
})
