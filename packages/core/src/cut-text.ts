const SIGN = '… (cut)'

/** The text in at most `maxBytes` of UTF-8: cut between two code points, with a sign at its end where something is missing. */
export function cutText(text: string, maxBytes: number): string {
  // No UTF-16 unit takes more than three bytes.
  if (text.length * 3 <= maxBytes) return text
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(maxBytes))
  if (read === text.length) return text
  const room = new Uint8Array(maxBytes - new TextEncoder().encode(SIGN).length)
  return text.slice(0, new TextEncoder().encodeInto(text, room).read) + SIGN
}

/** The text in at most `most` UTF-16 units: cut between two code points, with an ellipsis where something is missing. */
export function cutCharacters(text: string, most: number): string {
  if (text.length <= most) return text
  return `${text.slice(0, most - 1).replace(/\p{Surrogate}$/u, '')}…`
}
