const CONJUNCTION = new Intl.ListFormat('en', { type: 'conjunction' })

/** "care", "care and craft", "care, craft, and light". */
export function listWords(words: readonly string[]): string {
  return CONJUNCTION.format(words)
}
