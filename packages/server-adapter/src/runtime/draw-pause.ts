const SHORTEST_MS = 1_000
const LONGEST_MS = 5_000

/** How long a client shall wait before it connects again: spread, so that those who were cut off together do not return together. */
export function drawPauseMs(): number {
  return Math.round(SHORTEST_MS + Math.random() * (LONGEST_MS - SHORTEST_MS))
}
