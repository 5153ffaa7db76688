import { describeError, RetryableTaskError, type TaskLogger } from '@brandkit/core'
import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { StartError } from '../start-error.ts'
import { type FeedItem, feedListSchema, type FeedSource, parseFeed } from './parse-feed.ts'
import { fetchFeed } from './fetch-feed.ts'

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
