import { strayCharacters } from '@brandkit/core'
import { explainConnection } from '../../explain-connection.js'
import { importPeer } from '../../import-peer.js'

/** One message as the official client takes it. */
export interface QStashMessage {
  url: string
  body: object
  /** Seconds. */
  delay?: number
  retries: number
  deduplicationId: string
  /** Seconds. */
  timeout?: number
  flowControl?: QStashFlowControl
}

/** Limits all deliveries with the same key together, over all processes. */
export interface QStashFlowControl {
  key: string
  /** Most deliveries under way at once. */
  parallelism: number
}

/** The part of the official `Client` that we use, so that a fake is one function. */
export interface QStashClient {
  batchJSON(messages: QStashMessage[]): Promise<unknown>
}

interface ClientOptions {
  token: string
  baseUrl?: string | undefined
}

/** @throws TypeError in one sentence for a text that is not an address of QStash */
export function assertBaseUrl(baseUrl: string | undefined): void {
  if (baseUrl === undefined) return
  const stray = strayCharacters(baseUrl)
  if (stray !== undefined) throw new TypeError(`QStash's baseUrl ${stray}.`)
  const url = URL.parse(baseUrl)
  if (url && /^https?:$/.test(url.protocol) && !url.search && !url.hash) return
  throw new TypeError("QStash's baseUrl must be an address without a query, such as https://qstash.upstash.io.")
}

/** The vendor's address. */
export const QSTASH_URL = 'https://qstash.upstash.io'

/**
 * Calls QStash, and explains a failed connection: the error of `fetch` itself gives no reason.
 *
 * @throws Error with the original as its cause
 */
export async function askQStash<T>(
  asked: Promise<T>,
  { baseUrl = QSTASH_URL }: { baseUrl?: string | undefined },
): Promise<T> {
  try {
    return await asked
  } catch (cause) {
    throw new Error(`QStash at ${new URL(baseUrl).host} ${explainConnection(cause)}`, { cause })
  }
}

/** Makes the official client. */
export async function createQStashClient({ token, baseUrl }: ClientOptions) {
  const { Client } = await importPeer('@upstash/qstash', {
    neededBy: 'qstashQueue',
    load: () => import('@upstash/qstash'),
  })
  return new Client({
    token,
    // Always set: otherwise QSTASH_URL and QSTASH_DEV of the environment would decide.
    baseUrl: baseUrl ?? QSTASH_URL,
    devMode: false,
    // Only for lost connections. Each message carries its own deduplication id, so a repeated request adds no message.
    retry: { retries: 2, backoff: (attempt) => 100 * 2 ** attempt },
    enableTelemetry: false,
  })
}
