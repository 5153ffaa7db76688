import { randomUUID } from 'node:crypto'
import { describeError, type TaskLogger } from '@brandkit/core'
import { createBatcher } from '../batcher.js'
import type { OpenPgBoss } from './open-pg-boss.js'

export interface FarDoorbellOptions extends Pick<OpenPgBoss, 'boss'> {
  listen: NonNullable<OpenPgBoss['listen']>
  /** Names the channel, so that two queues in one database do not wake each other. */
  schema: string
  logger: TaskLogger
  /** Another process has published, or no notification could arrive for a while: there may be something to fetch. */
  onNews: () => void
}

export interface FarDoorbell {
  /** Wakes the other processes. Nobody waits for it, since they also ask by themselves. */
  ring(): void
  /** Starts calling `onNews`. Behind a transaction pooler no notification arrives, and polling remains. */
  listen(): void
  close(): Promise<void>
}

/**
 * Tells other processes through NOTIFY that there are messages. pg-boss's own notifications wake its `work()` alone, on a
 * channel whose name is its secret, and its listener stays with a server that has become a standby.
 */
export function createFarDoorbell({ boss, listen, schema, logger, onNews }: FarDoorbellOptions): FarDoorbell {
  const channel = `${schema}_news`
  const self = randomUUID()
  // While one NOTIFY is on its way, further ones become a single next: it only says that there is something.
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
          else logger.debug('The queue hears no notifications; it polls instead')
        },
      })
    },
    async close() {
      await notifications.idle()
      await stopListening?.()
    },
  }
}
