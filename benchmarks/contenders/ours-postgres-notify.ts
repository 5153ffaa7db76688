// Ours on Postgres while another process listens: a second server without work has an open stream of events.
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { CreateContender } from './contender.ts'
import { createContender as createOursOnPostgres } from './ours-postgres.ts'

export const createContender: CreateContender = (options) => {
  const contender = createOursOnPostgres(options)
  let listener: ChildProcess | undefined

  return {
    async start() {
      await contender.start()
      listener = fork(join(import.meta.dirname, 'listen-beside.ts'), [options.postgres], { execArgv: [] })
      await once(listener, 'message')
    },
    get url() {
      return contender.url
    },
    audit: () => contender.audit(),
    async stop() {
      listener?.disconnect()
      await contender.stop()
    },
  }
}
