import { Pool } from 'undici'
import type { Work } from './work.ts'

export interface TaskClientOptions {
  /** Address of the API. */
  url: string
  connections: number
  /** Default `bench`. */
  userId?: string
}

export interface SeenTask {
  taskId: string
  status: string
}

/** Talks to the API of a contender, over connections that stay open. Each call throws when the answer is not the expected one. */
export function createTaskClient({ url, connections, userId = 'bench' }: TaskClientOptions) {
  const { origin, pathname } = new URL(url)
  const pool = new Pool(origin, { connections, pipelining: 1 })

  async function get(query: string, user: string): Promise<SeenTask[]> {
    const { statusCode, body } = await pool.request({
      method: 'GET',
      path: `${pathname}?${query}`,
      headers: { 'x-user': user },
    })
    if (statusCode !== 200) throw new Error(`${query.slice(0, 40)} answered ${statusCode}: ${await body.text()}`)
    return ((await body.json()) as { tasks: SeenTask[] }).tasks
  }

  return {
    /** Resolves with the task's id. */
    async create(payload: Work): Promise<string> {
      const { statusCode, body } = await pool.request({
        method: 'POST',
        path: `${pathname}?action=create`,
        headers: { 'content-type': 'application/json', 'x-user': userId },
        body: JSON.stringify({ type: 'BENCH', brandId: 'bench', payload }),
      })
      if (statusCode !== 202) throw new Error(`create answered ${statusCode}: ${await body.text()}`)
      return ((await body.json()) as { task: { taskId: string } }).task.taskId
    },

    /** Tasks by id, at most 100. */
    read: (taskIds: readonly string[], user = userId) => get(`action=status&taskIds=${taskIds.join(',')}`, user),

    /** The first page of a user's tasks. Only ours has lists. */
    list: (user = userId) => get('action=list', user),

    close: () => pool.destroy(),
  }
}
