/** The part of the wanted words that a text takes up, 0 to 1; words at the front weigh more (1, 1/2, 1/3 …). */
export function coverageOf(stems: ReadonlySet<string>, wanted: readonly string[]): number {
  let taken = 0
  let all = 0
  wanted.forEach((stem, index) => {
    all += 1 / (index + 1)
    if (stems.has(stem)) taken += 1 / (index + 1)
  })
  return all === 0 ? 1 : taken / all
}
