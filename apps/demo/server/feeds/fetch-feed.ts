import { lookup } from 'node:dns'
import { get as getHttp, type IncomingMessage } from 'node:http'
import { get as getHttps } from 'node:https'
import { BlockList, isIP, type LookupFunction } from 'node:net'
import { describeError, RetryableTaskError, type TaskLogger } from '@brandkit/core'
import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { StartError } from '../start-error.ts'
import { type FeedItem, feedListSchema, type FeedSource, parseFeed } from './parse-feed.ts'

interface FetchFeedOptions {
  signal: AbortSignal
  /** Allows addresses of this machine and of private networks. Default: only the public internet. */
  network?: 'public' | 'any'
  /** The limit for the whole fetch with its redirects, in milliseconds. Default 10,000. */
  timeoutMs?: number
  /** The largest size. Default 5 MB. */
  maxBytes?: number
}

const MOST_REDIRECTS = 3

/**
 * Fetches the text of a feed. The address behind a name is checked as part of connecting, for every redirect again, so
 * that a name cannot change its address between check and connection.
 *
 * @throws Error with one sentence about the mistake in the address or its answer
 */
export async function fetchFeed(
  address: string,
  { signal, network = 'public', timeoutMs = 10_000, maxBytes = 5_000_000 }: FetchFeedOptions,
): Promise<string> {
  const timeout = AbortSignal.timeout(timeoutMs)
  const either = AbortSignal.any([signal, timeout])
  let url = toUrl(address)
  try {
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
      const response = await send(url, { signal: either, network })
      const { statusCode = 0, headers } = response
      if (statusCode >= 300 && statusCode < 400 && headers.location) {
        response.destroy()
        url = toUrl(new URL(headers.location, url).href)
        continue
      }
      if (statusCode !== 200) {
        response.destroy()
        throw new Error(`${url.host} answered ${statusCode}.`)
      }
      return decode(await readBody(response, { host: url.host, maxBytes }), headers['content-type'])
    }
    throw new Error(`${url.host} redirects more than ${MOST_REDIRECTS} times.`)
  } catch (error) {
    signal.throwIfAborted()
    if (timeout.aborted) throw new Error(`${url.host} took longer than ${timeoutMs} ms.`, { cause: error })
    throw error
  }
}

function toUrl(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url
  throw new Error(`"${address.slice(0, 100)}" is no http or https address.`)
}

async function send(
  url: URL,
  { signal, network }: { signal: AbortSignal; network: 'public' | 'any' },
): Promise<IncomingMessage> {
  const literal = url.hostname.replaceAll(/^\[|\]$/g, '')
  if (network === 'public' && isIP(literal) !== 0 && !isPublicAddress(literal)) throw refusal(url.hostname)
  const get = url.protocol === 'https:' ? getHttps : getHttp
  return await new Promise((resolve, reject) => {
    const request = get(
      url,
      {
        signal,
        headers: {
          accept: 'application/rss+xml, application/atom+xml, application/xml, application/feed+json;q=0.9',
          'user-agent': 'brandkit-demo',
        },
        ...(network === 'public' && { lookup: lookupPublic }),
      },
      resolve,
    )
    request.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === undefined || error.name === 'AbortError'
          ? error
          : new Error(`${url.host} cannot be reached (${error.code}).`, { cause: error }),
      )
    })
  })
}

/** Resolves a name for the socket, and refuses it when any of its addresses is private. */
const lookupPublic: LookupFunction = (hostname, options, done) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    const [first] = addresses ?? []
    if (error || !first) return done(error ?? new Error(`${hostname} has no address.`), '', 4)
    if (!addresses.every(({ address }) => isPublicAddress(address))) return done(refusal(hostname), '', 4)
    return options.all ? done(null, addresses) : done(null, first.address, first.family)
  })
}

function refusal(host: string): Error {
  return new Error(`${host} is not an address of the public internet; set TREND_FEEDS_NETWORK=any to allow it.`)
}

async function readBody(
  response: IncomingMessage,
  { host, maxBytes }: { host: string; maxBytes: number },
): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  let bytes = 0
  // Leaving the loop destroys the response, so that the rest is not read.
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > maxBytes) throw new Error(`${host} sends more than ${maxBytes} bytes.`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** The charset comes from the header, or else from the XML declaration, or else it is UTF-8. */
function decode(body: Uint8Array, contentType: string | undefined): string {
  const declared = new TextDecoder('latin1').decode(body.subarray(0, 200))
  const charset =
    /charset="?([\w-]+)/i.exec(contentType ?? '')?.[1] ?? /encoding=["']([\w-]+)/i.exec(declared)?.[1] ?? 'utf-8'
  try {
    return new TextDecoder(charset).decode(body)
  } catch {
    return new TextDecoder().decode(body)
  }
}

/** Addresses outside the public internet: IANA's registries of special-purpose addresses for IPv4 and IPv6. */
const SPECIAL = new BlockList()
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const) {
  SPECIAL.addSubnet(network, prefix, 'ipv4')
}
/** In IPv6 only 2000::/3 is global unicast. These ranges within it lead back into IPv4 or nowhere. */
const GLOBAL = new BlockList()
GLOBAL.addSubnet('2000::', 3, 'ipv6')
for (const [network, prefix] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
] as const) {
  SPECIAL.addSubnet(network, prefix, 'ipv6')
}

/** Whether an IP address belongs to the public internet. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address)
  if (family === 4) return !SPECIAL.check(address, 'ipv4')
  return family === 6 && GLOBAL.check(address, 'ipv6') && !SPECIAL.check(address, 'ipv6')
}

/** The demo's own sample feeds: some hundred items from thirteen weeks, in five languages. */
const SAMPLE_FEEDS = fileURLToPath(new URL('sample/feeds.json', import.meta.url))

export interface Feeds {
  /** Whether these are the demo's own feeds, whose items are made up. */
  readonly isSample: boolean
  /**
   * Reads the items of all feeds, newest first. A feed that fails is logged and left out, as long as at least one can be
   * read.
   */
  read: (options: { signal: AbortSignal; logger: TaskLogger }) => Promise<FeedItem[]>
}

interface FeedsOptions {
  /** A JSON file that lists the feeds. Default: the sample. */
  list?: string | undefined
  /** Whether feeds may lie on private addresses. Default `public`: they may not. */
  network?: 'public' | 'any' | undefined
  /** The current time for tests, in milliseconds since 1970. */
  now?: () => number
}

interface ParsedFile {
  text: string
  items: FeedItem[]
}

const DAY_MS = 86_400_000

/** @throws StartError when the list cannot be read */
export function createFeeds({ list = SAMPLE_FEEDS, network = 'public', now = Date.now }: FeedsOptions = {}): Feeds {
  const sources = readList(list)
  const parsed = new Map<FeedSource, ParsedFile>()

  /**
   * Parses a feed only when its text has changed, because parsing the sample blocks the process for a twentieth of a
   * second.
   */
  async function readFeedFile(source: FeedSource, signal: AbortSignal): Promise<FeedItem[]> {
    const text = await readFile(path.resolve(path.dirname(list), source.source), { encoding: 'utf8', signal })
    const last = parsed.get(source)
    if (last?.text === text) return last.items
    const items = parseFeed(text, source)
    parsed.set(source, { text, items })
    return items
  }

  async function readSource(source: FeedSource, signal: AbortSignal): Promise<FeedItem[]> {
    if (!/^https?:/i.test(source.source)) return await readFeedFile(source, signal)
    const items = parseFeed(await fetchFeed(source.source, { signal, network }), source)
    // A date in the future must not move the window, which ends with the newest item.
    return items.filter(({ at }) => at <= now() + DAY_MS)
  }

  return {
    isSample: list === SAMPLE_FEEDS,
    async read({ signal, logger }) {
      const outcomes = await Promise.allSettled(sources.map((source) => readSource(source, signal)))
      signal.throwIfAborted()
      const failed = outcomes.flatMap((outcome, index) =>
        outcome.status === 'rejected'
          ? [{ source: sources[index]?.source ?? '', reason: messageOf(outcome.reason) }]
          : [],
      )
      for (const { source, reason } of failed) logger.warn('A feed could not be read', { source, reason })
      const [first] = failed
      if (first && failed.length === sources.length) {
        throw new RetryableTaskError(`None of the ${sources.length} feeds could be read. The first: ${first.reason}`)
      }
      return outcomes
        .flatMap((outcome) => (outcome.status === 'fulfilled' ? outcome.value : []))
        .toSorted((one, other) => other.at - one.at || (one.url < other.url ? -1 : 1))
    },
  }
}

function readList(file: string): FeedSource[] {
  try {
    return feedListSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch (error) {
    throw new StartError(
      `TREND_FEEDS names ${file}, which is no list of feeds; it must be JSON such as [{"source": "https://example.com/rss", "medium": "news"}].`,
      { cause: error },
    )
  }
}

/** A name of the feed for people, without paths of this machine. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return describeError(error)
  return 'code' in error && typeof error.code === 'string' ? `A file cannot be read (${error.code}).` : error.message
}
