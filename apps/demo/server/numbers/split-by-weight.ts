/**
 * Splits a number by weights into parts that add up to it exactly: whole numbers, or hundredths when the total has decimals.
 * Each entry gets the floor of its quota, and the rest goes to the largest fractions (the Hamilton or largest remainder
 * method). The earlier entry wins a tie, so the result is always the same.
 *
 * @param total 0 or more, with at most two decimals
 * @param weights 0 or more each; all zero means equal parts
 */
export function splitByWeight(total: number, weights: readonly number[]): number[] {
  if (weights.length === 0) return []
  if (!Number.isInteger(total)) return splitByWeight(Math.round(total * 100), weights).map((cents) => cents / 100)

  const sum = weights.reduce((left, right) => left + right, 0)
  const quotas = weights.map((weight) => (sum === 0 ? total / weights.length : (total * weight) / sum))
  const parts = quotas.map(Math.floor)
  let left = total - parts.reduce((one, other) => one + other, 0)

  const byRemainder = quotas
    .map((quota, index) => ({ index, remainder: quota - Math.floor(quota) }))
    .toSorted((one, other) => other.remainder - one.remainder || one.index - other.index)
  for (const { index } of byRemainder) {
    if (left <= 0) break
    parts[index] = (parts[index] ?? 0) + 1
    left -= 1
  }
  return parts
}

/** The arithmetic mean of at least one value. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
