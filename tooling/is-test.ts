/** Matches text as a literal in either quote, or as the whole of a template. */
export const literal = (text: string): string =>
  `(['"\`])${text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll("'", String.raw`\\?'`)}\\1`

/** `it('…', `, `test.only('…', ` or, after the table of an `it.each`, `)('…', `. */
export function isTest(source: string, sentence: string): boolean {
  return (
    new RegExp(String.raw`\b(?:it|test)(?:\.(?!each)\w+)?\(\s*${literal(sentence)}\s*,`).test(source) ||
    (/\b(?:it|test)\.each\b/.test(source) && new RegExp(String.raw`\)\(\s*${literal(sentence)}\s*,`).test(source))
  )
}
