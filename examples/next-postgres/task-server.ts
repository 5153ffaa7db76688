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
    steps: { plot: { title: 'Finding a plot', output: z.string() } },
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
  store: postgresStore({ database: process.env.DATABASE_URL ?? 'postgres://localhost/stories', migrate: 'auto' }),
  queue: pgBossQueue(), // in the same database
  authenticate: () => ({ userId: 'dev', brandIds: '*' }), // your session comes here, `null` for 401
  generators: {
    WRITE_STORY: async ({ payload, signal, step }) => {
      const plot = await step('plot', () => wait(1_000, `${payload.about} in a storm`, { signal }))
      return { story: `Once there was ${plot}.` }
    },
  },
})
