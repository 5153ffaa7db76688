/**
 * FNV-1a, 32 bits (Fowler, Noll, Vo), over UTF-16 units: spreads texts evenly and is the same everywhere, so that what is
 * chosen by it never changes for the same input.
 */
export function hashText(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  }
  return hash >>> 0
}
