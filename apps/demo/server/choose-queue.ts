import { describeError } from '@brandkit/core'
import type { QueueBackend } from '@brandkit/server-adapter'
import { bullmqQueue } from '@brandkit/server-adapter/bullmq'
import { pgBossQueue } from '@brandkit/server-adapter/pg-boss'
import { qstashQueue } from '@brandkit/server-adapter/qstash'
import { askQStash } from './ask-qstash.ts'
import type { QStashChoice, QueueChoice } from './read-queue-choice.ts'
import { StartError } from './start-error.ts'

/** The queue of a choice. @throws StartError when it cannot be made of what was given; so does its `open`. */
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
        // The driver's own sentence tells where and why. Marked, because the same socket error could be the database's.
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
      // Publishing comes later, and a task that nobody delivers would only be seen to wait.
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
