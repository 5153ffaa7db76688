import {
  ANYTHING,
  assertOptions,
  isJsonObject,
  LONGEST_TIME_MS,
  OBJECT,
  type OptionRules,
  SOME,
  SOME_TIME,
  strayCharacters,
  TaskError,
} from '@brandkit/core'
import { randomUUID } from 'node:crypto'
import { assertRuntime } from '../../assert-runtime.js'
import { answerInTime } from '../../patience.js'
import type { Delivery, PushDelivery, QueueBackend } from '../queue-backend.js'
import { toDeliveryUrl } from './delivery-url.js'
import {
  askQStash,
  assertBaseUrl,
  createQStashClient,
  type QStashClient,
  type QStashFlowControl,
  type QStashMessage,
} from './qstash-client.js'
import { type SignatureRules, verifySignature } from './verify-signature.js'

export { type QStashClient, type QStashFlowControl, type QStashMessage } from './qstash-client.js'
export { scheduleTicks, type ScheduleTicksOptions } from './schedule-ticks.js'

export interface QStashQueueOptions {
  /** `QSTASH_TOKEN` of the console: the right to publish. */
  token: string
  /** `QSTASH_CURRENT_SIGNING_KEY`. */
  currentSigningKey: string
  /** `QSTASH_NEXT_SIGNING_KEY`: also accepted, so that keys can be rotated. */
  nextSigningKey: string
  /** The server's address as QStash reaches it: `https://app.example/api/jobs`. */
  publicUrl: string
  /** The address of QStash. Default: the vendor's. */
  baseUrl?: string | undefined
  /** How often QStash repeats a delivery without a 2xx answer. Default 3, the most of the free plan. */
  retries?: number | undefined
  /** How long QStash waits for the answer to a delivery, in milliseconds. Default: the plan's maximum. */
  deliveryTimeoutMs?: number | undefined
  /** Most concurrent deliveries, over all processes. Default: no limit. */
  flowControl?: QStashFlowControl | undefined
  /** How far QStash's clock may be ahead or behind, in milliseconds. Default 0. */
  clockToleranceMs?: number | undefined
  /** How long publishing may take, in milliseconds; after that, the task's alarm publishes again. Default 10,000. */
  publishTimeoutMs?: number | undefined
  /** Default: the official client. */
  client?: QStashClient | undefined
}

/**
 * The maximum delay that every plan allows: the free plan's 7 days; most plans allow more (QStash, "Pricing", Max Delay).
 */
const MAX_DELAY_MS = 7 * 24 * 60 * 60 * 1_000

/** Most messages per request. */
const BATCH_SIZE = 100

/**
 * Lets QStash call `action=process`, for platforms whose processes end with each request. Deliveries are verified by their
 * signature. The app owns retries of tasks; QStash retries only failed deliveries.
 *
 * @throws TypeError or RangeError when an option is missing or malformed
 */
export function qstashQueue(options: QStashQueueOptions): QueueBackend {
  assertRuntime()
  assertOptions('qstashQueue', options, RULES)
  assertSecrets(options)
  const { token, baseUrl, retries = 3, deliveryTimeoutMs, flowControl, publishTimeoutMs = 10_000 } = options
  const url = toDeliveryUrl(options.publicUrl)
  const rules: SignatureRules = {
    signingKeys: [options.currentSigningKey, options.nextSigningKey],
    subject: url,
    clockToleranceMs: options.clockToleranceMs ?? 0,
  }
  let client: QStashClient | undefined = options.client

  function toMessage({ taskId, delayMs }: Delivery): QStashMessage {
    // Rounded up to seconds. A delivery that still comes too early is published again with the remaining delay.
    const delay = Math.ceil(Math.min(delayMs, MAX_DELAY_MS) / 1_000)
    return {
      url,
      body: { taskId },
      retries,
      // A new id for each publication, so that only client retries after a lost reply are dropped. An id made from the task
      // could drop a later ring, because QStash remembers ids long after the delivery.
      deduplicationId: randomUUID(),
      ...(delay > 0 && { delay }),
      ...(deliveryTimeoutMs !== undefined && { timeout: Math.ceil(deliveryTimeoutMs / 1_000) }),
      ...(flowControl && { flowControl }),
    }
  }

  return {
    name: 'qstash',
    capabilities: {
      mode: 'push',
      priority: false,
      maxDelayMs: MAX_DELAY_MS,
      durable: true,
      // This header stops QStash from repeating a delivery that can never succeed.
      refusal: { status: 489, headers: { 'upstash-nonretryable-error': 'true' } },
    },

    async open() {
      client ??= await createQStashClient({ token, baseUrl })
    },

    async close() {},

    async enqueue(deliveries) {
      if (!client) throw new Error('qstashQueue must be opened before it is used.')

      for (let start = 0; start < deliveries.length; start += BATCH_SIZE) {
        const messages = deliveries.slice(start, start + BATCH_SIZE).map(toMessage)
        // The official client has no time-out.
        const publishing = answerInTime(client.batchJSON(messages), { from: 'QStash', ms: publishTimeoutMs })
        assertAccepted(await askQStash(publishing, { baseUrl }), messages.length)
      }
    },

    async receive({ body, headers }: PushDelivery) {
      if (!(await verifySignature(headers.get('upstash-signature'), body, rules))) {
        throw new TaskError('unauthenticated', 'This delivery is not signed as it must be.')
      }
      return parseBody(body)
    },
  }
}

function assertSecrets(options: QStashQueueOptions): void {
  for (const name of ['token', 'currentSigningKey', 'nextSigningKey'] as const) {
    const value = options[name]
    if (typeof value !== 'string' || value === '')
      throw new TypeError(`qstashQueue needs \`${name}\`. The QStash console shows it; pass it by the environment.`)
    const stray = strayCharacters(value)
    if (stray !== undefined) throw new TypeError(`QStash's ${name} ${stray}.`)
  }
  assertBaseUrl(options.baseUrl)
}

const RULES: OptionRules<QStashQueueOptions> = {
  // `assertSecrets`, `toDeliveryUrl` and `assertBaseUrl` check these values, because their messages say where the values
  // come from.
  token: ANYTHING,
  currentSigningKey: ANYTHING,
  nextSigningKey: ANYTHING,
  publicUrl: ANYTHING,
  baseUrl: ANYTHING,
  flowControl: OBJECT,
  client: OBJECT,
  retries: { ...SOME, least: 0 },
  deliveryTimeoutMs: { ...SOME_TIME, isWhole: true, insteadOfInfinity: "Leave it out for the plan's maximum." },
  clockToleranceMs: { least: 0, most: LONGEST_TIME_MS, isWhole: true },
  publishTimeoutMs: { ...SOME_TIME, isWhole: true },
}

/**
 * Without one answer for each message the publication counts as failed: an extra message is harmless, a missing one is slow.
 */
function assertAccepted(answers: unknown, expected: number): void {
  const accepted = Array.isArray(answers)
    ? answers.filter((answer) => isJsonObject(answer) && typeof answer['messageId'] === 'string').length
    : 0
  if (accepted < expected) throw new Error(`QStash accepted ${accepted} of ${expected} messages.`)
}

function parseBody(body: string): object {
  let value: unknown
  try {
    value = JSON.parse(body)
  } catch {
    value = undefined
  }
  if (isJsonObject(value)) return value
  throw new TaskError('invalid_request', 'The delivery is signed, but its body is no JSON object.')
}
