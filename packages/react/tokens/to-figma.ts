import type { Token } from './read-tokens.js'

export type Theme = 'light' | 'dark'

/**
 * The tokens as a file that Figma imports as one mode of a collection of variables. Figma's variables are colours, numbers
 * and texts: lengths are pixels, durations are seconds, and a font is one family. Shadows are effects there, so they are
 * left out.
 */
export function toFigma(tokens: readonly Token[], theme: Theme): object {
  const variables = tokens.flatMap((token) => {
    const value = toFigmaValue(token, theme)
    return value === undefined ? [] : [[token.name, { $type: token.kind, $value: value, $description: token.purpose }]]
  })
  return {
    $extensions: { 'com.figma.modeName': theme === 'light' ? 'Light' : 'Dark' },
    brandkit: Object.fromEntries(variables),
  }
}

function toFigmaValue(token: Token, theme: Theme): unknown {
  switch (token.kind) {
    case 'color':
      return theme === 'dark' ? (token.dark ?? token.value) : token.value
    case 'dimension':
      return toPixels(token.value)
    case 'duration':
      return token.value.unit === 's' ? token.value : { value: token.value.value / 1_000, unit: 's' }
    case 'fontFamily':
      // Keywords of CSS, such as system-ui and sans-serif, are no fonts.
      return token.value.find((family) => /^[A-Z]/.test(family))
    case 'number':
      return token.value
    default:
      return undefined
  }
}

/** A browser's text is 16 px high unless its user chooses another height. */
const REM = 16

function toPixels({ value, unit }: { value: number; unit: 'px' | 'rem' }): { value: number; unit: 'px' } {
  return { value: unit === 'rem' ? value * REM : value, unit: 'px' }
}
