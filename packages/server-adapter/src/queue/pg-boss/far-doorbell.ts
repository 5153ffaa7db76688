import { randomUUID } from 'node:crypto'
import { describeError, type TaskLogger } from '@brandkit/core'
import { createBatcher } from '../batcher.js'
import type { OpenPgBoss } from './open-pg-boss.js'

export interface FarDoorbellOptions extends Pick<OpenPgBoss, 'boss'> {
  listen: NonNullable<OpenPgBoss['listen']>
  /** Part of the channel's name, so that two queues in one database do not wake each other. */
  schema: string
  logger: TaskLogger
  /**
   * Another process has published, or notifications have resumed after a gap: messages may be waiting, or become due after
   * so many milliseconds.
   */
  onNews: (delaysMs: readonly number[]) => void
}

export interface FarDoorbell {
  /** Wakes the other processes, each time for one delay. Returns without waiting, since the other processes also look. */
  ring(delaysMs: readonly number[]): void
  /** Starts calling `onNews`. Behind a transaction pooler no notification arrives, and only looking remains. */
  listen(): void
  /** Whether notifications arrive now. */
  isLive(): boolean
  close(): Promise<void>
}

/** A notification names at most this many delays, because Postgres takes 8,000 bytes. */
const MOST_DELAYS = 100

/**
 * Tells other processes through NOTIFY that messages are waiting. pg-boss's own notifications do not fit: they wake only its
 * `work()`, their channel name is private, and their listener stays with a server that has become a standby.
 */
export function createFarDoorbell({ boss, listen, schema, logger, onNews }: FarDoorbellOptions): FarDoorbell {
  const channel = `${schema}_news`
  const self = randomUUID()
  // Rings during a running NOTIFY are merged into one more: a notification only says that messages are waiting.
  const notifications = createBatcher<number>(notify, { maxItems: MOST_DELAYS })
  let stopListening: (() => Promise<void>) | undefined
  let isLive = false

  async function notify(delaysMs: number[]) {
    const payload = [self, ...new Set(delaysMs)].join(' ')
    await boss.getDb().executeSql('select pg_notify($1, $2)', [channel, payload])
  }

  function onMessage(payload: string) {
    const [sender, ...delays] = payload.split(' ')
    // The previous release names no delay, and rings only for messages that are due.
    if (sender !== self) onNews(delays.length === 0 ? [0] : delays.map(Number))
  }

  return {
    ring(delaysMs) {
      notifications.add([...new Set(delaysMs)].slice(0, MOST_DELAYS)).catch((error: unknown) => {
        logger.debug('Other processes could not be woken; they look', { error: describeError(error) })
      })
    },
    listen() {
      stopListening ??= listen({
        channel,
        checkEveryMs: CHECK_EVERY_MS,
        onMessage,
        onState(state) {
          isLive = state === 'live'
          // Consumers sleep long while notifications arrive, so both turns end their sleep.
          onNews([0])
          if (!isLive) logger.debug('The queue hears no notifications; it looks more often instead')
        },
      })
    },
    isLive: () => isLive,
    async close() {
      await notifications.idle()
      await stopListening?.()
    },
  }
}

/** A lost notification costs no more than the time to the next look, so the check may be rare. */
const CHECK_EVERY_MS = 30_000
