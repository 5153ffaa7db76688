import type { TaskLogger } from '@brandkit/core'
import type { Feeds } from '../feeds/create-feeds.ts'
import type { FeedItem } from '../feeds/feed-item.ts'
import type { GeneratorOptions } from './brand-generator.ts'

export interface TrendGeneratorOptions extends GeneratorOptions {
  /** The feeds in which mentions are counted. Default: the sample. */
  feeds?: Feeds | undefined
}

/**
 * The items of the feeds, read at the first use: an attempt whose steps are all finished reads nothing. A later attempt
 * may read newer items; its steps use only items that earlier steps have chosen.
 */
export function createItemReader(
  feeds: Feeds,
  context: { signal: AbortSignal; logger: TaskLogger },
): () => Promise<FeedItem[]> {
  return once(async () => await feeds.read(context))
}

/** Makes a value at the first call and keeps it. */
export function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined
  return async () => await (made ??= make())
}
