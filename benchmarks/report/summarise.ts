/** The middle of several rounds, and how far they lay apart. */
export interface Summary {
  median: number
  least: number
  most: number
}

export function summarise(samples: readonly number[]): Summary {
  const sorted = samples.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? NaN
  const lower = sorted[sorted.length - 1 - middle] ?? NaN
  return { median: (upper + lower) / 2, least: sorted[0] ?? NaN, most: sorted.at(-1) ?? NaN }
}

/** The value that this share of the sorted samples does not exceed. */
export function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.ceil(sorted.length * share) - 1] ?? NaN
}
