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
