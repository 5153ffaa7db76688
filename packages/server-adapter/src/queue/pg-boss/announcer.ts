import { randomUUID } from 'node:crypto'
import { describeError, type TaskLogger } from '@brandkit/core'
import type { PgBoss } from 'pg-boss'
import { createBatcher } from '../batcher.js'

export interface AnnouncerOptions {
  boss: PgBoss
  /** Names the channel, so that two queues in one database do not wake each other. */
  schema: string
  logger: TaskLogger
  /** Another process has published, or the connection was lost for a while: there may be something to fetch. */
  onNews: () => void
}

export interface Announcer {
  /** Wakes the other processes. Nobody waits for it, since they also ask by themselves. */
  announce(): void
  /** Starts calling `onNews`. Where listening is impossible (a transaction pooler), polling remains. */
  listen(): Promise<void>
  close(): Promise<void>
}

/**
 * Tells other processes through NOTIFY that there are messages. pg-boss's own notifications wake its `work()` alone,
 * on a channel whose name is its secret; its listener, which reconnects by itself, serves any channel.
 */
export function createAnnouncer({ boss, schema, logger, onNews }: AnnouncerOptions): Announcer {
  const database = boss.getDb()
  const channel = `${schema}_news`
  const self = randomUUID()
  // While one NOTIFY is on its way, further ones become a single next: it only says that there is something.
  const notifications = createBatcher<true>(notify, { maxItems: Infinity })
  let listening: Promise<{ close(): Promise<void> } | undefined> | undefined

  async function notify() {
    await database.executeSql('select pg_notify($1, $2)', [channel, self])
  }

  async function startListening() {
    try {
      return await database.listen?.(channel, (sender) => sender !== self && onNews(), onNews)
    } catch (error) {
      logger.warn('The queue cannot listen for notifications; it polls instead', { error: describeError(error) })
      return undefined
    }
  }

  return {
    announce() {
      notifications.add([true]).catch((error: unknown) => {
        logger.debug('Other processes could not be woken; they poll', { error: describeError(error) })
      })
    },
    async listen() {
      listening ??= startListening()
      await listening
    },
    async close() {
      await notifications.idle()
      const handle = await listening
      await handle?.close()
    },
  }
}
