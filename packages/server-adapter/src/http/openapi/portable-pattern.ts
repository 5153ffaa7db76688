/**
 * Converts a pattern for JSON Schema: without flags, and valid in Unicode mode, which validators use. `null` if that is
 * impossible, because no pattern is better than a wrong one.
 *
 * The flag `i` is written out, as `[aA]` for `a`, because most engines lack the modifier `(?i:…)` so far. Patterns with any
 * other flag that changes matching give `null`.
 *
 * @see https://json-schema.org/draft/2020-12/json-schema-core#section-6.4
 */
export function toPortablePattern({ source, flags }: RegExp): string | null {
  const needed = flags.replaceAll(/[dgu]/g, '')
  if (needed === '') return isUnicodePattern(source) ? source : null
  if (needed !== 'i' || UNFOLDABLE.test(source)) return null
  const pattern = source.replaceAll(/\\.|\[(?:\\.|[^\]\\])*\]|[a-z]/gi, foldToken)
  return isUnicodePattern(pattern) ? pattern : null
}

/** Letters outside ASCII, and letters in escapes and names: `é`, `\u00e9`, `\p{Lu}`, `(?<name>`. */
const UNFOLDABLE = /\P{ASCII}|\\[ckpPux]|\(\?<[^=!]/u

function foldToken(token: string): string {
  if (token.startsWith('\\')) return token
  if (token.startsWith('[')) return foldClass(token)
  return `[${token.toLowerCase()}${token.toUpperCase()}]`
}

function foldClass(characters: string): string {
  const inner = characters.slice(1, -1)
  const letters = inner.match(/\\.|[a-z]-[a-z]|[A-Z]-[A-Z]|[a-zA-Z]/g) ?? []
  const added = letters.filter((part) => !part.startsWith('\\')).map(swapCase)
  // A dash at the end would form a range with the added letters.
  return `[${inner.replace(/(?<!\\)-$/, String.raw`\-`)}${added.join('')}]`
}

function swapCase(letters: string): string {
  return letters === letters.toLowerCase() ? letters.toUpperCase() : letters.toLowerCase()
}

function isUnicodePattern(pattern: string): boolean {
  try {
    return new RegExp(pattern, 'u') instanceof RegExp
  } catch {
    return false
  }
}
