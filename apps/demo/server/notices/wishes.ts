import { TaskError } from '@brandkit/core'
import type { TaskStore } from '@brandkit/server-adapter'

/** How a person wants to be told of ended tasks. */
export interface Wish {
  mail: boolean
  /** One for each browser. */
  subscriptions: Subscription[]
}

/** What a browser gives for Web Push. */
export interface Subscription {
  endpoint: string
  keys: { p256dh: string; auth: string }
}

/** The wishes of all persons, in the database of the tasks: any process may deliver. */
export interface Wishes {
  read(userId: string): Promise<Wish>
  setMail(userId: string, mail: boolean): Promise<void>
  subscribe(userId: string, subscription: Subscription): Promise<void>
  unsubscribe(userId: string, endpoint: string): Promise<void>
  forget(userId: string): Promise<void>
}

interface Queries {
  query(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>
}

const MOST_BROWSERS = 10

export function createWishes(store: Pick<TaskStore, 'database'>): Wishes {
  let made: Promise<unknown> | undefined

  /** Both a PGlite and a pool of node-postgres have this method. A failover replaces the pool, so it is read each time. */
  function database(): Queries {
    const { database: handle } = store
    if (!handle) throw new TaskError('store_unavailable', 'The wishes cannot be read yet. Try again in a moment.')
    return (handle.kind === 'pglite' ? handle.pglite : handle.pool) as Queries
  }

  async function run(text: string, values: unknown[]): Promise<unknown[]> {
    made ??= database()
      .query(
        "create table if not exists studio_wishes (user_id text primary key, mail boolean not null default false, subscriptions jsonb not null default '[]')",
      )
      .catch((error: unknown) => {
        made = undefined
        throw error
      })
    await made
    return (await database().query(text, values)).rows
  }

  async function read(userId: string): Promise<Wish> {
    const rows = await run('select mail, subscriptions from studio_wishes where user_id = $1', [userId])
    return (rows[0] as Wish | undefined) ?? { mail: false, subscriptions: [] }
  }

  async function keep(userId: string, subscriptions: readonly Subscription[]): Promise<void> {
    await run(
      'insert into studio_wishes (user_id, subscriptions) values ($1, $2) on conflict (user_id) do update set subscriptions = excluded.subscriptions',
      [userId, JSON.stringify(subscriptions.slice(-MOST_BROWSERS))],
    )
  }

  async function without(userId: string, endpoint: string): Promise<Subscription[]> {
    const { subscriptions } = await read(userId)
    return subscriptions.filter((known) => known.endpoint !== endpoint)
  }

  return {
    read,
    async setMail(userId, mail) {
      await run(
        'insert into studio_wishes (user_id, mail) values ($1, $2) on conflict (user_id) do update set mail = excluded.mail',
        [userId, mail],
      )
    },
    async subscribe(userId, subscription) {
      await keep(userId, [...(await without(userId, subscription.endpoint)), subscription])
    },
    unsubscribe: async (userId, endpoint) => keep(userId, await without(userId, endpoint)),
    async forget(userId) {
      await run('delete from studio_wishes where user_id = $1', [userId])
    },
  }
}
