// oxlint-disable no-restricted-imports -- an app, which imports the package by its name

import { defineTask, defineTasks } from '@brandkit/core'
import { createTaskServer } from '@brandkit/server-adapter'
import { pgBossQueue } from '@brandkit/server-adapter/pg-boss'
import { postgresStore } from '@brandkit/server-adapter/postgres'
import * as z from 'zod'
import { greet } from './generators.js'

// Next evaluates this module for the instrumentation, for each route, and after each change.
globalThis.copiesOfServer = countCopies() + 1

export function countCopies() {
  return globalThis.copiesOfServer ?? 0
}

export const server = createTaskServer({
  catalog: defineTasks({
    GREET: defineTask({
      title: () => 'Greeting',
      payload: z.object({}),
      steps: {},
      result: z.object({ text: z.string() }),
    }),
  }),
  store: postgresStore(process.env.DATA_FOLDER),
  queue: pgBossQueue({ pollMs: 100 }),
  authenticate: () => ({ userId: 'ada', brandIds: ['aurora'] }),
  generators: { GREET: greet },
})
