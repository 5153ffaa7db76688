import { defineTask, defineTasks, silentLogger } from '@brandkit/core'
import { createTaskServer } from '@brandkit/server-adapter'
import { toNode } from '@brandkit/server-adapter/node'
import type { AuditedTask, Contender } from './contender.ts'
import { httpContender } from './http-contender.ts'
import { done, doWork, work } from './work.ts'

type ServerOptions = Parameters<typeof createTaskServer>[0]

export interface OursOptions {
  store: ServerOptions['store']
  queue: ServerOptions['queue']
  concurrency: number
  /** Runs SQL beside the store's API, so that the audit depends on none of our code. */
  query: (text: string) => Promise<{ rows: unknown[] }>
  close?: () => Promise<void>
}

const ROWS = `select id as "taskId", status, payload, result, attempt as attempts from brandkit.tasks`

export function createOursServer({ store, queue, concurrency }: Pick<OursOptions, 'store' | 'queue' | 'concurrency'>) {
  return createTaskServer({
    catalog: defineTasks({ BENCH: defineTask({ title: () => 'Bench', payload: work, result: done, steps: {} }) }),
    store,
    queue,
    authenticate: ({ headers }) => {
      const userId = headers.get('x-user')
      return userId === null ? null : { userId, brandIds: '*' }
    },
    generators: { BENCH: (task) => doWork(task.payload, (progress) => task.progress(progress)) },
    concurrency,
    logger: silentLogger,
  })
}

/** A server of ours on Node's own HTTP. */
export function ours({ query, close = async () => {}, ...options }: OursOptions): Contender {
  const server = createOursServer(options)
  return httpContender({
    handler: toNode(server),
    audit: async () => (await query(ROWS)).rows as AuditedTask[],
    open: () => server.start(),
    async close() {
      await server.stop()
      await close()
    },
  })
}
