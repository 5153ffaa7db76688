import { randomUUID } from 'node:crypto'
import type { LocalClock } from './local-clock.js'
import type { Publication } from './publication.js'
import { retryDelayMs } from './retry-delay.js'

/** A published message and the state of its delivery. */
export interface LocalQStashMessage extends Publication {
  messageId: string
  scheduleId?: string
  /** How often its delivery has been repeated. */
  retried: number
  /** When it is due, in milliseconds since 1970 by the local server's clock. */
  dueAt: number
  /** The status of the last answer; 0 when none came. */
  lastStatus?: number
}

export interface MessageLine {
  add(publication: Publication & { scheduleId?: string }): { messageId: string; deduplicated: boolean }
  /** Whether there was such a message. */
  cancel(messageId: string): boolean
  /** Messages whose delivery is still open, the next due message first. */
  waiting(): LocalQStashMessage[]
  deadLetters(): LocalQStashMessage[]
  isIdle(): boolean
  /** To be called after the clock has moved. */
  ring(): void
  close(): Promise<void>
}

interface MessageLineOptions {
  clock: LocalClock
  /** Most concurrent deliveries. */
  parallelism: number
  send(message: LocalQStashMessage, signal: AbortSignal): Promise<Response>
  /** Called when no message waits or is being delivered any more. */
  onIdle(): void
}

/** How long QStash remembers a deduplication id, in milliseconds. */
const DEDUPLICATION_MS = 10 * 60 * 1_000
/** The longest delay of a timer. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

/** Holds messages until they are due, delivers them, and repeats deliveries without a 2xx answer. */
export function createMessageLine({ clock, parallelism, send, onIdle }: MessageLineOptions): MessageLine {
  const waiting = new Set<LocalQStashMessage>()
  const underWay = new Map<LocalQStashMessage, Promise<void>>()
  const deadLetters: LocalQStashMessage[] = []
  const remembered = new Map<string, { messageId: string; until: number }>()
  const closing = new AbortController()
  let timer: NodeJS.Timeout | undefined

  const isIdle = () => waiting.size === 0 && underWay.size === 0
  const inOrder = () => [...waiting].toSorted((a, b) => a.dueAt - b.dueAt)

  function hasRoom({ flowControl }: LocalQStashMessage): boolean {
    if (underWay.size >= parallelism) return false
    if (!flowControl) return true
    const siblings = [...underWay.keys()].filter((message) => message.flowControl?.key === flowControl.key)
    return siblings.length < flowControl.parallelism
  }

  function ring(): void {
    clearTimeout(timer)
    if (closing.signal.aborted) return

    for (const message of inOrder()) {
      const pause = clock.realMsUntil(message.dueAt)
      if (pause > 0) {
        timer = setTimeout(ring, Math.min(pause, LONGEST_TIMER_MS)).unref()
        return
      }
      if (hasRoom(message)) start(message)
    }
  }

  function start(message: LocalQStashMessage): void {
    waiting.delete(message)
    underWay.set(
      message,
      deliver(message).finally(() => {
        underWay.delete(message)
        ring()
        if (isIdle()) onIdle()
      }),
    )
  }

  async function deliver(message: LocalQStashMessage): Promise<void> {
    const timeout = AbortSignal.timeout(Math.min(message.timeoutMs, LONGEST_TIMER_MS))
    const response = await send(message, AbortSignal.any([timeout, closing.signal])).catch(() => null)
    message.lastStatus = response?.status ?? 0
    if (response?.ok || closing.signal.aborted) return

    const isHopeless = response?.status === 489 && response.headers.get('upstash-nonretryable-error') === 'true'
    if (isHopeless || message.retried >= message.retries) {
      deadLetters.push(message)
      return
    }
    message.retried += 1
    const now = clock.now()
    message.dueAt = now + retryDelayMs(message.retried, response?.headers.get('retry-after') ?? null, now)
    waiting.add(message)
  }

  return {
    ring,
    add(publication) {
      const now = clock.now()
      const { deduplicationId } = publication
      const earlier = deduplicationId === undefined ? undefined : remembered.get(deduplicationId)
      if (earlier && earlier.until > now) return { messageId: earlier.messageId, deduplicated: true }

      const messageId = `msg_${randomUUID()}`
      if (deduplicationId !== undefined) remembered.set(deduplicationId, { messageId, until: now + DEDUPLICATION_MS })
      waiting.add({ ...publication, messageId, retried: 0, dueAt: now + Math.max(0, publication.delayMs) })
      ring()
      return { messageId, deduplicated: false }
    },
    cancel(messageId) {
      const message = [...waiting, ...underWay.keys()].find((candidate) => candidate.messageId === messageId)
      if (!message) return false
      // A running delivery goes on, but is not repeated.
      message.retries = 0
      waiting.delete(message)
      if (isIdle()) onIdle()
      return true
    },
    waiting: inOrder,
    deadLetters: () => [...deadLetters],
    isIdle,
    async close() {
      closing.abort()
      clearTimeout(timer)
      await Promise.all(underWay.values())
    },
  }
}
