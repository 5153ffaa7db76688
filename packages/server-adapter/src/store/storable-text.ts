import { cutText, LIMITS } from '@brandkit/core'

/**
 * Text that every store can hold and gives back unchanged. Postgres refuses NUL in text, and UTF-8 has no lone
 * surrogates; both become U+FFFD, so that a strange name costs a character and not the whole task.
 */
export function toStorableText(text: string): string {
  return text.replaceAll(/\p{Surrogate}/gu, '\uFFFD').replaceAll('\u0000', '\uFFFD')
}

/** What decides who sees a row. One that is missing, against its type, is null: in SQL that equals nothing. */
export function toStorableOwner(id: string): string | null {
  return typeof id === 'string' ? toStorableText(id) : null
}

/** Text that is only shown, and never looked for: at most 2 KB of it are kept, so that no text makes a list heavy. */
export function toShownText(text: string): string {
  // Only the first of five million characters matter: to replace in all of them would hold up the whole process for a second.
  const head = text.slice(0, LIMITS.textBytes + 2)
  return cutText(toStorableText(head), LIMITS.textBytes)
}
