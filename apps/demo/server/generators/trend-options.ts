import type { TaskLogger } from '@brandkit/core'
import type { Feeds } from '../feeds/create-feeds.ts'
import type { FeedItem } from '../feeds/feed-item.ts'
import type { GeneratorOptions } from './brand-generator.ts'

export interface TrendGeneratorOptions extends GeneratorOptions {
  /** The feeds in which mentions are counted. Default: the sample. */
  feeds?: Feeds | undefined
}

/**
 * The items of the feeds, read when they are first needed: an attempt that finds all its steps finished reads nothing. What an attempt
 * after a failure reads may be newer; its later steps take from it only what the earlier ones have chosen.
 */
export function createItemReader(
  feeds: Feeds,
  context: { signal: AbortSignal; logger: TaskLogger },
): () => Promise<FeedItem[]> {
  return once(async () => await feeds.read(context))
}

/** Makes something when it is first asked for, and never again. */
export function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined
  return async () => await (made ??= make())
}
