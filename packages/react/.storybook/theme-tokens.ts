import { TOKENS, type TokenKind } from '../tokens/read-tokens.js'
import { toCssValue } from '../tokens/to-css.js'

export interface ThemeToken {
  /** With the prefix, as CSS knows it. */
  name: string
  /** The default, as CSS. */
  value: string
  kind: TokenKind
  purpose: string
}

/** Every token with its default, in the order of tokens.json. */
export const THEME_TOKENS: ThemeToken[] = TOKENS.map((token) => ({
  name: `--brandkit-${token.name}`,
  value: toCssValue(token),
  kind: token.kind,
  purpose: token.purpose,
}))

/** Splits `light-dark(#fff, #000)` into its two colours. */
export function splitColours(value: string): [light: string, dark: string] {
  const [, light = value, dark = value] = /^light-dark\((#\w+), (#\w+)\)$/.exec(value) ?? []
  return [light, dark]
}

/** The elements that have a color-scheme and read the tokens: build tools need both in one place to tell light from dark. */
const ROOTS = '.brandkit-dock,\n.brandkit-inline'

/** The CSS that a designer hands over: only the changed tokens, to be pasted after styles.css. */
export function toCss(changes: Readonly<Record<string, string>>): string {
  const lines = Object.entries(changes).map(([name, value]) => `  ${name}: ${value};`)
  return lines.length === 0 ? '' : `${ROOTS} {\n${lines.join('\n')}\n}\n`
}
