import { setTimeout as wait } from 'node:timers/promises'
import { defineTask, defineTasks } from '@brandkit/core'
import { createTaskServer } from '@brandkit/server-adapter'
import { bullmqQueue } from '@brandkit/server-adapter/bullmq'
import { postgresStore } from '@brandkit/server-adapter/postgres'
import { devAuth } from '@brandkit/server-adapter/testing/dev-auth'
import * as z from 'zod'

const { DATABASE_URL, REDIS_URL } = process.env
if (!DATABASE_URL || !REDIS_URL)
  throw new Error('Set DATABASE_URL and REDIS_URL, for example as .env.example has them.')

const catalog = defineTasks({
  SEND_LETTERS: defineTask({
    title: ({ payload }) => `${payload.readers} letters`,
    payload: z.object({ readers: z.int().min(1).max(50) }),
    steps: { letters: { title: 'Sending letters', items: true, output: z.number() } },
    result: z.object({ sent: z.number(), by: z.string() }),
  }),
})

export const taskServer = createTaskServer({
  catalog,
  store: postgresStore(DATABASE_URL), // keeps tasks: what Redis forgets is sent again
  queue: bullmqQueue({ connection: REDIS_URL }), // wakes workers
  authenticate: devAuth(), // everybody is the user `dev`; refuses NODE_ENV=production
  generators: {
    SEND_LETTERS: async ({ payload, signal, step }) => {
      const letters = Array.from({ length: payload.readers }, (_, index) => index + 1)
      // Each wait stands for a letter. A worker that takes over from a dead one sends none of the finished ones again.
      const sent = await step.map('letters', letters, { key: String, concurrency: 2 }, (letter) =>
        wait(300, letter, { signal }),
      )
      return { sent: sent.length, by: `process ${process.pid}` }
    },
  },
})
