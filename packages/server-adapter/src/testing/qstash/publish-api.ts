import { createHash, timingSafeEqual } from 'node:crypto'
import type { LocalClock } from './local-clock.js'
import type { MessageLine } from './message-line.js'
import { PublicationRefused, readPublication } from './publication.js'
import type { LocalQStashSchedule, ScheduleBook } from './schedule-book.js'

interface PublishApiOptions {
  token: string
  clock: LocalClock
  line: MessageLine
  schedules: ScheduleBook
  signingKeys: () => { current: string; next: string }
}

export interface PublishRequest {
  method: string
  /** Path and query exactly as they came, because they contain the destination. */
  target: string
  headers: Headers
  body: string
}

export interface PublishReply {
  status: number
  body: object
}

/** The largest message of the free plan, in bytes. */
export const LARGEST_BODY = 1024 * 1024

/** The part of QStash's REST API (v2) that publishes, cancels and schedules, and tells the signing keys. */
export function createPublishApi(options: PublishApiOptions): (request: PublishRequest) => PublishReply {
  const routes = toRoutes(options)
  return (request) => {
    if (!isSame(request.headers.get('authorization') ?? '', `Bearer ${options.token}`)) {
      return { status: 401, body: { error: 'unauthorized' } }
    }
    const route = routes.find(({ method, prefix }) => request.method === method && request.target.startsWith(prefix))
    if (!route) return { status: 404, body: { error: `not found: ${request.method} ${request.target}` } }
    try {
      return route.answer(request.target.slice(route.prefix.length), request)
    } catch (error) {
      if (error instanceof PublicationRefused || error instanceof SyntaxError) {
        return { status: 400, body: { error: error.message } }
      }
      throw error
    }
  }
}

interface Route {
  method: string
  prefix: string
  answer(rest: string, request: PublishRequest): PublishReply
}

function toRoutes({ clock, line, schedules, signingKeys }: PublishApiOptions): Route[] {
  function publish(destination: string, headers: Headers, body: string): PublishReply {
    if (Buffer.byteLength(body) > LARGEST_BODY) return { status: 413, body: { error: 'message is too large' } }
    const { messageId, deduplicated } = line.add(readPublication(destination, headers, body, clock.now()))
    const answer = { messageId, url: destination, ...(deduplicated && { deduplicated }) }
    return { status: deduplicated ? 202 : 201, body: answer }
  }

  return [
    { method: 'GET', prefix: '/v2/keys', answer: () => ({ status: 200, body: signingKeys() }) },
    {
      method: 'POST',
      prefix: '/v2/publish/',
      answer: (rest, { headers, body }) => publish(toDestination(rest), headers, body),
    },
    {
      method: 'POST',
      prefix: '/v2/batch',
      answer(_, { body }) {
        const replies = parseBatch(body).map((message) =>
          publish(message.destination, new Headers(message.headers), message.body ?? ''),
        )
        return { status: 200, body: replies.map((reply) => reply.body) }
      },
    },
    {
      method: 'DELETE',
      prefix: '/v2/messages/',
      answer: (rest) =>
        line.cancel(rest)
          ? { status: 200, body: { cancelled: 1 } }
          : { status: 404, body: { error: `message ${rest} not found` } },
    },
    {
      method: 'POST',
      prefix: '/v2/schedules/',
      answer(rest, { headers, body }) {
        const schedule = schedules.put({
          scheduleId: headers.get('upstash-schedule-id') ?? undefined,
          cron: headers.get('upstash-cron') ?? '',
          publication: readPublication(toDestination(rest), headers, body, clock.now()),
        })
        return { status: 201, body: { scheduleId: schedule.scheduleId } }
      },
    },
    {
      method: 'GET',
      prefix: '/v2/schedules',
      answer: () => ({ status: 200, body: schedules.list().map(toScheduleJson) }),
    },
    {
      method: 'DELETE',
      prefix: '/v2/schedules/',
      answer: (rest) =>
        schedules.remove(rest)
          ? { status: 200, body: {} }
          : { status: 404, body: { error: `schedule ${rest} not found` } },
    },
  ]
}

/** Decodes a destination, which comes as it is or percent-encoded. */
function toDestination(rest: string): string {
  return /^https?%3a/i.test(rest) ? decodeURIComponent(rest) : rest
}

interface BatchMessage {
  destination: string
  headers?: Record<string, string>
  body?: string
}

function parseBatch(body: string): BatchMessage[] {
  const messages: unknown = JSON.parse(body)
  if (!Array.isArray(messages)) throw new PublicationRefused('a batch is an array of messages')
  return messages as BatchMessage[]
}

function toScheduleJson({ scheduleId, cron, destination, publication }: LocalQStashSchedule): object {
  const { method, body, retries } = publication
  return { scheduleId, cron, destination, method, body, retries }
}

function isSame(left: string, right: string): boolean {
  const [a, b] = [left, right].map((text) => createHash('sha256').update(text).digest())
  return a !== undefined && b !== undefined && timingSafeEqual(a, b)
}
