import { setTimeout as wait } from 'node:timers/promises'
import { defineTask, defineTasks } from '@brandkit/core'
import { createTaskServer } from '@brandkit/server-adapter'
import { pgBossQueue } from '@brandkit/server-adapter/pg-boss'
import { postgresStore } from '@brandkit/server-adapter/postgres'
import { devAuth } from '@brandkit/server-adapter/testing/dev-auth'
import * as z from 'zod'

const catalog = defineTasks({
  WRITE_STORY: defineTask({
    title: ({ payload }) => `Story about ${payload.about}`,
    payload: z.object({ about: z.string().min(1).max(100) }),
    steps: {
      outline: { title: 'Finding a plot', output: z.array(z.string()) },
      chapters: { title: 'Writing chapters', weight: 3, items: true, output: z.string() },
    },
    result: z.object({ story: z.string() }),
  }),
})

export const taskServer = createTaskServer({
  catalog,
  store: postgresStore(process.env.DATA_FOLDER ?? './.data'), // a folder is PGlite: Postgres inside this process
  queue: pgBossQueue(), // in the same database
  authenticate: devAuth(), // everybody is the user `dev`; refuses NODE_ENV=production
  generators: {
    WRITE_STORY: async ({ payload, signal, step }) => {
      // Each wait stands for a call of a model. What is finished is not done again after a crash.
      const plot = await step('outline', () => wait(500, ['The beginning', 'The storm', 'The morning'], { signal }))
      const chapters = await step.map('chapters', plot, { key: (title) => title }, (title) =>
        wait(1_000, `${title}. Once there was ${payload.about}.`, { signal }),
      )
      return { story: chapters.join('\n') }
    },
  },
})
