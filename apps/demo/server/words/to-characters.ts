const SEGMENTER = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** What people see as one character each, also where it is several code points. */
export function toCharacters(text: string): string[] {
  return Array.from(SEGMENTER.segment(text), ({ segment }) => segment)
}
