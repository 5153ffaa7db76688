import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Order } from './hold-readers.ts'
import type { Sight } from './read-events.ts'

/** Readers of one process. Each has a socket, and many systems allow a process 4,096 files. */
const MOST_READERS = 2_500

export interface Readers {
  /** Opens a stream for each of these users, beside those that are open. */
  open(users: readonly string[]): Promise<void>
  /** Resolves when all streams of the user have shown the task in this status, with the time of each by `clockMs`. */
  seen(user: string, sight: Sight): Promise<number[]>
  /** Closes all streams. */
  closeAll(): Promise<void>
  /** Ends the processes. */
  end(): Promise<void>
}

/** Readers of event streams in processes of their own, as many as so many streams need. */
export function forkReaders(url: string, streams: number): Readers {
  const processes = Array.from({ length: Math.ceil(streams / MOST_READERS) }, () => forkOne(url))

  return {
    async open(users) {
      const ownOf = (at: number) => users.filter((_, number) => number % processes.length === at)
      await Promise.all(processes.map(({ ask }, at) => ask({ open: ownOf(at) })))
    },
    seen: async (user, see) => (await Promise.all(processes.map(({ ask }) => ask({ see, user })))).flat(),
    async closeAll() {
      await Promise.all(processes.map(({ ask }) => ask('close')))
    },
    async end() {
      await Promise.all(processes.map(({ child }) => stop(child)))
    },
  }
}

function forkOne(url: string) {
  const child = fork(join(import.meta.dirname, 'hold-readers.ts'), [url], { execArgv: [] })
  const waiting = new Map<number, { resolve: (times: number[]) => void; reject: (error: Error) => void }>()
  let orders = 0
  child.on('message', ({ id, times, error }: { id: number; times?: number[]; error?: string }) => {
    const answer = waiting.get(id)
    waiting.delete(id)
    if (times) answer?.resolve(times)
    else answer?.reject(new Error(error))
  })
  child.once('exit', () => {
    for (const { reject } of waiting.values()) reject(new Error('The process of the readers has ended.'))
  })

  const ask = (order: Order): Promise<number[]> =>
    new Promise((resolve, reject) => {
      waiting.set(orders, { resolve, reject })
      child.send({ id: orders++, order })
    })
  return { child, ask }
}

async function stop(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit')
  child.kill()
  await gone
}
