import tokens from '../src/tokens.css?raw'

export interface ThemeToken {
  name: string
  value: string
  kind: 'colour' | 'length' | 'text'
}

/** Every token of tokens.css with its default, in the order written there. */
export const THEME_TOKENS: ThemeToken[] = readTokens(tokens)

function readTokens(css: string): ThemeToken[] {
  // The first rule has them all; what follows are other defaults on small screens.
  const [rule = ''] = css.split('@media')
  return [...rule.matchAll(/var\((--brandkit-[\w-]+),\s*([\s\S]+?)\);/g)].map(([, name = '', text = '']) => {
    const value = text.replaceAll(/\s+/g, ' ').trim()
    return { name, value, kind: kindOf(value) }
  })
}

/** `light-dark(#fff, #000)` as its two colours. */
export function splitColours(value: string): [light: string, dark: string] {
  const [, light = value, dark = value] = /^light-dark\((#\w+), (#\w+)\)$/.exec(value) ?? []
  return [light, dark]
}

function kindOf(value: string): ThemeToken['kind'] {
  if (/^light-dark\(#\w+, #\w+\)$/.test(value)) return 'colour'
  return /^[\d.]+(px|rem|ms)$/.test(value) ? 'length' : 'text'
}

/** The selector that tokens are set on: beside the color-scheme, because a build tool needs it to tell light from dark. */
const DOCK = '.brandkit-dock'

/** What a designer hands over: the changed tokens alone, to be pasted after styles.css. */
export function toCss(changes: Readonly<Record<string, string>>): string {
  const lines = Object.entries(changes).map(([name, value]) => `  ${name}: ${value};`)
  return lines.length === 0 ? '' : `${DOCK} {\n${lines.join('\n')}\n}\n`
}
