const SIGN = '… (cut)'

/** Cuts a text to at most `maxBytes` of UTF-8, between two code points. A sign at the end marks a cut. */
export function cutText(text: string, maxBytes: number): string {
  // No UTF-16 unit takes more than three bytes.
  if (text.length * 3 <= maxBytes) return text
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(maxBytes))
  if (read === text.length) return text
  const room = new Uint8Array(maxBytes - new TextEncoder().encode(SIGN).length)
  return text.slice(0, new TextEncoder().encodeInto(text, room).read) + SIGN
}

/** Cuts a text to at most `most` UTF-16 units, between two code points. An ellipsis at the end marks a cut. */
export function cutCharacters(text: string, most: number): string {
  if (text.length <= most) return text
  return `${text.slice(0, most - 1).replace(/\p{Surrogate}$/u, '')}…`
}
