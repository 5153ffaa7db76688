import { cutText, LIMITS } from '@brandkit/core'

/**
 * Text that every store can hold and return unchanged. Postgres refuses NUL in text, and UTF-8 has no lone surrogates; both
 * become U+FFFD, so that a strange name loses a character instead of the whole task.
 */
export function toStorableText(text: string): string {
  return text.toWellFormed().replaceAll('\u0000', '\uFFFD')
}

/** The id that decides who sees a row. An id that is missing despite its type becomes null: in SQL null equals nothing. */
export function toStorableOwner(id: string): string | null {
  return typeof id === 'string' ? toStorableText(id) : null
}

/** Undefined without tags. */
export function toStorableTags(tags: readonly string[] | undefined): string[] | undefined {
  return tags && tags.length > 0 ? tags.map(toStorableText) : undefined
}

/** Text that is only shown, never a key: at most 2 KB are kept, so that no text makes a list heavy. */
export function toShownText(text: string): string {
  // The text is cut before characters are replaced: replacing in five million characters blocks the process for a second.
  const head = text.slice(0, LIMITS.textBytes + 2)
  return cutText(toStorableText(head), LIMITS.textBytes)
}
