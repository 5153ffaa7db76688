import { setTimeout as pause } from 'node:timers/promises'

/** How fast a step goes, and who is told. */
export interface Pace {
  /** How long the whole list takes, in milliseconds. 0 does not wait. */
  durationMs: number
  /** Rejects with the signal's reason as soon as it fires. */
  signal: AbortSignal
  /** Told the share that is done, in (0, 1], at most four times. */
  onShare: (share: number) => Promise<void>
  /** Told after each item what there is so far. */
  onItems?: ((items: readonly unknown[]) => Promise<void>) | undefined
}

const REPORTS = 4

/** Maps a list one by one over a span of time, so that people can watch work which a processor does in no time. */
export async function pacedMap<Item, Out>(
  items: readonly Item[],
  map: (item: Item, index: number) => Out,
  { durationMs, signal, onShare, onItems }: Pace,
): Promise<Out[]> {
  const out: Out[] = []
  let reported = 0
  for (const item of items) {
    signal.throwIfAborted()
    out.push(map(item, out.length))
    if (durationMs > 0) await pause(durationMs / items.length, undefined, { signal })
    await onItems?.(out)

    const quarter = Math.floor((out.length / items.length) * REPORTS)
    if (quarter === reported) continue
    reported = quarter
    await onShare(out.length / items.length)
  }
  return out
}

/** Computes one thing and takes the step's time for it. */
export async function paced<Out>(compute: () => Out, pace: Pace): Promise<Out> {
  const out = compute()
  await pacedMap([out], () => undefined, { ...pace, onItems: undefined })
  return out
}
