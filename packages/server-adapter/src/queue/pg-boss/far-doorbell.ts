import { randomUUID } from 'node:crypto'
import { describeError, type TaskLogger } from '@brandkit/core'
import { createBatcher } from '../batcher.js'
import type { OpenPgBoss } from './open-pg-boss.js'

export interface FarDoorbellOptions extends Pick<OpenPgBoss, 'boss'> {
  listen: NonNullable<OpenPgBoss['listen']>
  /** Part of the channel's name, so that two queues in one database do not wake each other. */
  schema: string
  logger: TaskLogger
  /** Another process has published, or notifications have resumed after a gap: messages may be waiting. */
  onNews: () => void
}

export interface FarDoorbell {
  /** Wakes the other processes. Returns without waiting, since the other processes also poll. */
  ring(): void
  /** Starts calling `onNews`. Behind a transaction pooler no notification arrives, and only polling remains. */
  listen(): void
  close(): Promise<void>
}

/**
 * Tells other processes through NOTIFY that messages are waiting. pg-boss's own notifications do not fit: they wake only its
 * `work()`, their channel name is private, and their listener stays with a server that has become a standby.
 */
export function createFarDoorbell({ boss, listen, schema, logger, onNews }: FarDoorbellOptions): FarDoorbell {
  const channel = `${schema}_news`
  const self = randomUUID()
  // Rings during a running NOTIFY are merged into one more: a notification only says that messages are waiting.
  const notifications = createBatcher<true>(notify, { maxItems: Infinity })
  let stopListening: (() => Promise<void>) | undefined

  async function notify() {
    await boss.getDb().executeSql('select pg_notify($1, $2)', [channel, self])
  }

  return {
    ring() {
      notifications.add([true]).catch((error: unknown) => {
        logger.debug('Other processes could not be woken; they poll', { error: describeError(error) })
      })
    },
    listen() {
      stopListening ??= listen({
        channel,
        onMessage: (sender) => sender !== self && onNews(),
        onState(state) {
          if (state === 'live') onNews()
          else logger.debug('The queue receives no notifications; it polls instead')
        },
      })
    },
    async close() {
      await notifications.idle()
      await stopListening?.()
    },
  }
}
