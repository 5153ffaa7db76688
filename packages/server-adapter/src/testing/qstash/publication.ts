/** A delivery that a publisher has requested. */
export interface Publication {
  url: string
  method: string
  /** Headers of the delivery, without their `Upstash-Forward-` prefix. */
  headers: Record<string, string>
  body: string
  /** Number of retries after the first try. */
  retries: number
  /** Not before this many milliseconds from now. */
  delayMs: number
  /** How long an answer may take. */
  timeoutMs: number
  deduplicationId?: string
  flowControl?: { key: string; parallelism: number }
}

/** A request that QStash would refuse. */
export class PublicationRefused extends Error {
  override readonly name = 'PublicationRefused'
}

const DEFAULT_RETRIES = 3
/** The longest time for an answer on the free plan. */
const DEFAULT_TIMEOUT_MS = 15 * 60 * 1_000
const FORWARD = 'upstash-forward-'

/**
 * Reads a publication from the request's headers, as QStash does.
 *
 * @throws PublicationRefused
 */
export function readPublication(destination: string, headers: Headers, body: string, now: number): Publication {
  if (!/^https?:\/\//.test(destination) || !URL.canParse(destination)) {
    throw new PublicationRefused(`invalid destination url: ${JSON.stringify(destination)}`)
  }
  const notBefore = headers.get('upstash-not-before')
  const deduplicationId = headers.get('upstash-deduplication-id')
  const flowControl = readFlowControl(headers)
  return {
    url: destination,
    method: headers.get('upstash-method') ?? 'POST',
    headers: readForwarded(headers),
    body,
    retries: readNumber(headers, 'upstash-retries') ?? DEFAULT_RETRIES,
    delayMs:
      notBefore === null
        ? (readDuration(headers, 'upstash-delay') ?? 0)
        : (readNumber(headers, 'upstash-not-before') ?? 0) * 1_000 - now,
    timeoutMs: readDuration(headers, 'upstash-timeout') ?? DEFAULT_TIMEOUT_MS,
    ...(deduplicationId !== null && { deduplicationId }),
    ...(flowControl && { flowControl }),
  }
}

const UNITS: Record<string, number> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** `1d10h30m`, `6m5s`, `250ms` in milliseconds; `null` when the text is not a duration. */
export function parseDuration(text: string): number | null {
  if (!/^(?:\d+(?:ms|[smhd]))+$/.test(text)) return null
  return [...text.matchAll(/(\d+)(ms|[smhd])/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * (UNITS[unit ?? ''] ?? 0),
    0,
  )
}

function readForwarded(headers: Headers): Record<string, string> {
  const forwarded = [...headers].filter(([name]) => name.startsWith(FORWARD))
  return {
    'content-type': headers.get('content-type') ?? 'text/plain',
    ...Object.fromEntries(forwarded.map(([name, value]) => [name.slice(FORWARD.length), value])),
  }
}

function readFlowControl(headers: Headers): { key: string; parallelism: number } | undefined {
  const key = headers.get('upstash-flow-control-key')
  const [, parallelism] = /parallelism=(\d+)/.exec(headers.get('upstash-flow-control-value') ?? '') ?? []
  return key !== null && parallelism !== undefined ? { key, parallelism: Number(parallelism) } : undefined
}

function readNumber(headers: Headers, name: string): number | undefined {
  const value = headers.get(name)
  if (value === null) return undefined
  if (!/^\d+$/.test(value)) throw new PublicationRefused(`invalid ${name}: ${value}`)
  return Number(value)
}

function readDuration(headers: Headers, name: string): number | undefined {
  const value = headers.get(name)
  if (value === null) return undefined
  const duration = parseDuration(value)
  if (duration === null) throw new PublicationRefused(`invalid ${name}: ${value}`)
  return duration
}
