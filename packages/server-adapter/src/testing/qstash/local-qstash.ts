import { describeError } from '@brandkit/core'
import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createLocalClock } from './local-clock.js'
import { createMessageLine, type LocalQStashMessage } from './message-line.js'
import { createPublishApi, LARGEST_BODY } from './publish-api.js'
import { createScheduleBook, type LocalQStashSchedule } from './schedule-book.js'
import { signDelivery } from './sign-delivery.js'

export type { LocalQStashMessage, LocalQStashSchedule }

export interface LocalQStashOptions {
  /** Default 0: any free port. */
  port?: number | undefined
  /** How much faster than real time its delays, retries and schedules pass. Default 1. */
  speed?: number | undefined
  /** Most concurrent deliveries. Default 100. */
  parallelism?: number | undefined
}

export interface LocalQStash {
  /** Its address: `baseUrl` of `qstashQueue` and of the official `Client`. */
  readonly url: string
  readonly token: string
  readonly currentSigningKey: string
  readonly nextSigningKey: string
  /** Messages that are not delivered yet, the next due message first. */
  waiting(): LocalQStashMessage[]
  /** Messages that were given up: refused permanently (489), or every retry failed. */
  readonly deadLetters: LocalQStashMessage[]
  readonly schedules: LocalQStashSchedule[]
  /** Moves its clock forward and delivers all messages that become due. */
  advance(ms: number): void
  /** Delivers a signed body once, at once and without the queue: for duplicates and hostile bodies. Returns the answer. */
  deliver(delivery: { url: string; body: string }): Promise<Response>
  /** Fires a schedule now. */
  trigger(scheduleId: string): void
  /** From now on signs with the key that was the next key. */
  rotateKeys(): void
  /** Resolves when no message waits or is being delivered, including delayed messages. */
  idle(): Promise<void>
  close(): Promise<void>
}

/**
 * QStash for tests, on this machine: a real HTTP server. The official client can publish to it, and the official `Receiver`
 * accepts its deliveries. It keeps delays, retries (`Retry-After`, 489), deduplication (10 minutes), timeouts, flow control
 * (parallelism), cancelling and schedules, all in memory.
 *
 * Not supported: URL groups, queues, callbacks, the event log, and cron expressions other than "every n minutes".
 *
 * @example
 * const qstash = await createLocalQStash({ speed: 100 })
 * const queue = qstashQueue({ ...qstash, baseUrl: qstash.url, publicUrl: 'http://127.0.0.1:3000/api/jobs' })
 */
export async function createLocalQStash(options: LocalQStashOptions = {}): Promise<LocalQStash> {
  const { port = 0, speed = 1, parallelism = 100 } = options
  const token = `local_${randomUUID()}`
  const keys = { current: newKey(), next: newKey() }
  const clock = createLocalClock({ speed })

  const send = (
    message: Pick<LocalQStashMessage, 'url' | 'body'> & Partial<LocalQStashMessage>,
    signal?: AbortSignal,
  ) =>
    fetch(message.url, {
      method: message.method ?? 'POST',
      headers: {
        'content-type': 'application/json',
        ...message.headers,
        'user-agent': 'Upstash-QStash',
        'upstash-signature': signDelivery({ ...message, signingKey: keys.current }),
        'upstash-message-id': message.messageId ?? `msg_${randomUUID()}`,
        'upstash-retried': String(message.retried ?? 0),
        ...(message.scheduleId !== undefined && { 'upstash-schedule-id': message.scheduleId }),
      },
      body: message.method === 'GET' ? null : message.body,
      redirect: 'manual',
      signal: signal ?? null,
    })

  const wake: (() => void)[] = []
  const line = createMessageLine({
    clock,
    parallelism,
    async send(message, signal) {
      const response = await send(message, signal)
      await response.arrayBuffer()
      return response
    },
    onIdle() {
      for (const resolve of wake.splice(0)) resolve()
    },
  })
  const publishSchedule = ({ scheduleId, publication }: LocalQStashSchedule) => {
    line.add({ ...publication, scheduleId })
  }
  const schedules = createScheduleBook({ clock, publish: publishSchedule })
  const answer = createPublishApi({ token, clock, line, schedules, signingKeys: () => ({ ...keys }) })

  const server = createServer((request, response) => {
    readRequest(request)
      .then((body) =>
        answer({
          method: request.method ?? 'GET',
          target: request.url ?? '/',
          headers: new Headers(request.headers as Record<string, string>),
          body,
        }),
      )
      .then(
        (reply) => writeReply(response, reply.status, reply.body),
        (error: unknown) => writeReply(response, 500, { error: describeError(error) }),
      )
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve)
  })

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    token,
    get currentSigningKey() {
      return keys.current
    },
    get nextSigningKey() {
      return keys.next
    },
    waiting: line.waiting,
    get deadLetters() {
      return line.deadLetters()
    },
    get schedules() {
      return schedules.list()
    },
    advance(ms) {
      clock.advance(ms)
      schedules.ring()
      line.ring()
    },
    deliver: (delivery) => send(delivery),
    trigger(scheduleId) {
      const schedule = schedules.find(scheduleId)
      if (!schedule) throw new Error(`There is no schedule ${scheduleId}.`)
      publishSchedule(schedule)
    },
    rotateKeys() {
      keys.current = keys.next
      keys.next = newKey()
    },
    async idle() {
      if (!line.isIdle()) await new Promise<void>((resolve) => wake.push(resolve))
    },
    async close() {
      schedules.close()
      await line.close()
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      await closed
    },
  }
}

function newKey(): string {
  return `sig_${randomUUID().replaceAll('-', '')}`
}

async function readRequest(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.byteLength
    // A batch may hold many messages; this limit only bounds memory.
    if (bytes > 100 * LARGEST_BODY) throw new Error('The request is too large.')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function writeReply(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}
