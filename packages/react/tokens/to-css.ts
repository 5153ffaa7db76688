import type { Colour, Measure, ShadowLayer, Token } from './read-tokens.js'

/** The default of a token as CSS: `light-dark(…)` for a colour that the dark theme changes. */
export function toCssValue(token: Token): string {
  switch (token.kind) {
    case 'color':
      return toColours(token.value, token.dark)
    case 'shadow':
      return token.value.map((layer, index) => toLayer(layer, token.dark?.[index])).join(', ')
    case 'fontFamily':
      return token.value.map(toFamily).join(', ')
    case 'number':
      return String(token.value)
    default:
      return toMeasure(token.value)
  }
}

/** What a screen of at most 480 px has instead; `undefined` if it has the same. */
export function toNarrowCssValue({ kind, narrow }: Token): string | undefined {
  return kind === 'dimension' && narrow ? toMeasure(narrow) : undefined
}

export function toColour({ components, alpha, hex }: Colour): string {
  if (alpha === undefined) return hex
  const channels = components.map((component) => Math.round(component * 255))
  return `rgb(${channels.join(' ')} / ${Math.round(alpha * 100)}%)`
}

function toColours(light: Colour, dark: Colour | undefined): string {
  return dark ? `light-dark(${toColour(light)}, ${toColour(dark)})` : toColour(light)
}

function toLayer({ color, ...sizes }: ShadowLayer, dark: ShadowLayer | undefined): string {
  const { offsetX, offsetY, blur, spread } = sizes
  const lengths = [offsetX, offsetY, blur, ...(spread.value === 0 ? [] : [spread])]
  return `${lengths.map(toMeasure).join(' ')} ${toColours(color, dark?.color)}`
}

function toMeasure({ value, unit }: Measure<string>): string {
  return value === 0 ? '0' : `${value}${unit}`
}

/** Generic families and names of one word need no quotes. */
function toFamily(family: string): string {
  return family.includes(' ') ? `'${family}'` : family
}
