import tokens from '../src/tokens.css?raw'

export interface ThemeToken {
  name: string
  value: string
  kind: 'colour' | 'length' | 'text'
}

/** Every token of tokens.css with its default, in the order of the file. */
export const THEME_TOKENS: ThemeToken[] = readTokens(tokens)

function readTokens(css: string): ThemeToken[] {
  // The first rule has all tokens; later rules only change defaults for small screens.
  const [rule = ''] = css.split('@media')
  return [...rule.matchAll(/var\((--brandkit-[\w-]+),\s*([\s\S]+?)\);/g)].map(([, name = '', text = '']) => {
    const value = text.replaceAll(/\s+/g, ' ').trim()
    return { name, value, kind: kindOf(value) }
  })
}

/** Splits `light-dark(#fff, #000)` into its two colours. */
export function splitColours(value: string): [light: string, dark: string] {
  const [, light = value, dark = value] = /^light-dark\((#\w+), (#\w+)\)$/.exec(value) ?? []
  return [light, dark]
}

function kindOf(value: string): ThemeToken['kind'] {
  if (/^light-dark\(#\w+, #\w+\)$/.test(value)) return 'colour'
  return /^[\d.]+(px|rem|ms)$/.test(value) ? 'length' : 'text'
}

/** The selector that sets tokens, in the same rule as color-scheme: build tools need both to tell light from dark. */
const DOCK = '.brandkit-dock'

/** The CSS that a designer hands over: only the changed tokens, to be pasted after styles.css. */
export function toCss(changes: Readonly<Record<string, string>>): string {
  const lines = Object.entries(changes).map(([name, value]) => `  ${name}: ${value};`)
  return lines.length === 0 ? '' : `${DOCK} {\n${lines.join('\n')}\n}\n`
}
