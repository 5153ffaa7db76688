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
  /** `QSTASH_NEXT_SIGNING_KEY`: accepted too, so that keys can be rotated. */
  nextSigningKey: string
  /** The server's address, as QStash reaches it: `https://app.example/api/jobs`. */
  publicUrl: string
  /** QStash's own address. Default: the vendor's. */
  baseUrl?: string | undefined
  /** How often a delivery that was not answered with 2xx is repeated. Default 3, the most of the free plan. */
  retries?: number | undefined
  /** How long QStash waits for the answer to a delivery, in milliseconds. Default: the plan's maximum. */
  deliveryTimeoutMs?: number | undefined
  /** Most deliveries at once, over all processes. Default: no limit. */
  flowControl?: QStashFlowControl | undefined
  /** How far QStash's clock may be ahead or behind, in milliseconds. Default 0. */
  clockToleranceMs?: number | undefined
  /** How long publishing may take, in milliseconds; after that the row's alarm is relied on. Default 10,000. */
  publishTimeoutMs?: number | undefined
  /** Default: the official client. */
  client?: QStashClient | undefined
}

/** What every plan allows; most allow more (QStash, "Pricing", Max Delay of the free plan: 7 days). */
const MAX_DELAY_MS = 7 * 24 * 60 * 60 * 1_000

/** Messages of one request. */
const BATCH_SIZE = 100

/**
 * Has QStash call `action=process`, for platforms where no process lives between requests. Deliveries are verified by
 * their signature; the app owns retries, QStash's own serve delivery only.
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
    // Rounded up; should it come early nevertheless, it is published again with the rest.
    const delay = Math.ceil(Math.min(delayMs, MAX_DELAY_MS) / 1_000)
    return {
      url,
      body: { taskId },
      retries,
      // New for each publication, so that it drops only what the client sends twice because a reply got lost. Any id
      // made of the task could drop a later ring: QStash remembers ids long after their message was delivered.
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
      // Without this header QStash would repeat what can never succeed.
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
        // The official client waits for ever.
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
  // `assertSecrets`, `toDeliveryUrl` and `assertBaseUrl` check these, which know where they come from.
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

/** One answer for each message, or the publication counts as failed; ringing twice is harmless, not ringing is slow. */
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
