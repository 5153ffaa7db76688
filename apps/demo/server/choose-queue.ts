import { describeError } from '@brandkit/core'
import type { QueueBackend } from '@brandkit/server-adapter'
import { bullmqQueue } from '@brandkit/server-adapter/bullmq'
import { pgBossQueue } from '@brandkit/server-adapter/pg-boss'
import { qstashQueue } from '@brandkit/server-adapter/qstash'
import type { QStashChoice, QueueChoice } from './read-queue-choice.ts'
import { StartError } from './start-error.ts'

/** Makes the chosen queue. @throws StartError when the settings do not work; `open` throws it as well */
export function chooseQueue(choice: QueueChoice): QueueBackend {
  if (choice.kind === 'bullmq') return overRedis(choice.redisUrl)
  if (choice.kind === 'qstash') return overQStash(choice)
  return pgBossQueue()
}

function overRedis(redisUrl: string): QueueBackend {
  const queue = bullmqQueue({ connection: redisUrl })
  return {
    ...queue,
    async open(context) {
      try {
        await queue.open(context)
      } catch (error) {
        // The driver's message says where and why. The prefix names the variable, because the database can have the same
        // socket error.
        throw new StartError(`REDIS_URL cannot be used: ${messageOf(error)}`, { cause: error })
      }
    },
  }
}

function overQStash(choice: QStashChoice): QueueBackend {
  const queue = toQueue(choice)
  return {
    ...queue,
    async open(context) {
      // Checks QStash before the first publish, which comes later. Tasks without deliveries would only be seen to wait.
      await askQStash(choice)
      await queue.open(context)
    },
  }
}

function toQueue({ token, currentSigningKey, nextSigningKey, publicUrl, baseUrl }: QStashChoice): QueueBackend {
  try {
    return qstashQueue({ token, currentSigningKey, nextSigningKey, publicUrl, baseUrl })
  } catch (error) {
    throw new StartError(`PUBLIC_URL cannot be used: ${messageOf(error)}`, { cause: error })
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : describeError(error)
}

/** How long QStash may take to answer, in milliseconds. */
const PATIENCE_MS = 10_000

/**
 * Sends QStash a harmless request (list its schedules) at start, to check that it answers and accepts the token.
 *
 * @throws StartError in one sentence
 */
async function askQStash({ baseUrl, token }: { baseUrl: string; token: string }): Promise<void> {
  const { host } = new URL(baseUrl)
  const { status, ok } = await fetch(new URL('/v2/schedules', baseUrl), {
    headers: { authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(PATIENCE_MS),
  }).catch((error: unknown) => {
    throw new StartError(
      `QStash at ${host} cannot be reached (${reasonOf(error)}); check QSTASH_URL and the way out of this machine.`,
      { cause: error },
    )
  })
  if (status === 401 || status === 403) {
    throw new StartError(`QStash at ${host} refuses QSTASH_TOKEN; copy the token of this region from its console.`)
  }
  if (!ok) throw new StartError(`QStash at ${host} answers ${status}; check QSTASH_URL, or start again in a moment.`)
}

/** A failed `fetch` has its reason in its cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return describeError(error)
  if (error.cause instanceof Error) return reasonOf(error.cause)
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message
}
