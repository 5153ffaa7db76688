import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { AuditedTask, Launch } from './contender.ts'

/** What the parent asks the process of a contender. */
export type Question = 'audit' | 'stop' | 'cpu' | 'memory'

/** Longest time for a graceful stop, in milliseconds. */
const STOP_MS = 10_000
const PROGRAM = join(import.meta.dirname, 'serve-contender.ts')

/** A contender in a process of its own, so that neither the load nor the audit share its thread. */
export const forkContender: Launch = (name, options) => {
  let child: ChildProcess | undefined
  let url = ''

  /** Rejects when the process ends before it has answered. */
  async function answerTo(question: Question | 'start'): Promise<unknown> {
    if (!child) throw new Error(`${name} has not been started.`)
    const server = child
    const done = new AbortController()
    const ended = once(server, 'exit', { signal: done.signal }).then(([code]) => {
      throw new Error(`${name} ended (${String(code)}) before it answered "${question}".`)
    })
    try {
      if (question !== 'start') server.send(question)
      for (;;) {
        const [message] = (await Promise.race([once(server, 'message', { signal: done.signal }), ended])) as [
          { question: string; answer: unknown },
        ]
        if (message.question === question) return message.answer
      }
    } finally {
      ended.catch(() => {})
      done.abort()
    }
  }

  return {
    get pid() {
      return child?.pid ?? NaN
    },
    get url() {
      return url
    },
    async start() {
      child = fork(PROGRAM, [name, JSON.stringify(options)], {
        // The flags of a test runner are not for contenders.
        execArgv: [],
        env: { ...process.env, NODE_ENV: 'production', NODE_OPTIONS: '' },
      })
      url = (await answerTo('start')) as string
    },
    audit: async () => (await answerTo('audit')) as AuditedTask[],
    cpu: async () => (await answerTo('cpu')) as number,
    memory: async () => (await answerTo('memory')) as number,
    async stop() {
      if (!child || child.exitCode !== null || child.signalCode !== null) return
      const server = child
      const gone = once(server, 'exit')
      // After a failed run, a graceful stop could wait for tasks that never end.
      const patience = setTimeout(() => server.kill('SIGKILL'), STOP_MS)
      await answerTo('stop').catch(() => server.kill('SIGKILL'))
      await gone
      clearTimeout(patience)
    },
  }
}
