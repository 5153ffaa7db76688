import { wcagContrast } from 'culori'
import { type Colour, TOKENS, type Token } from './read-tokens.js'
import type { Theme } from './to-figma.js'

export interface Contrast {
  /** The token in front. */
  name: string
  theme: Theme
  /** The token behind. */
  against: string
  /** From 1 to 21, by WCAG 2.2, as a rounded-down number with two decimals. */
  ratio: number
  least: number
}

/** The contrasts of a token with the colours that it is read on. */
export function contrastsOf({ name: front, kind, value, dark, contrast }: Token): Contrast[] {
  if (kind !== 'color' || !contrast) return []
  const { against, least } = contrast
  return against.flatMap((name) => {
    const ground = TOKENS.find((token) => token.name === name)
    if (ground?.kind !== 'color') throw new Error(`The token ${name} is no colour.`)
    return [
      { name: front, theme: 'light' as const, against: name, ratio: ratioOf(value, ground.value), least },
      {
        name: front,
        theme: 'dark' as const,
        against: name,
        ratio: ratioOf(dark ?? value, ground.dark ?? ground.value),
        least,
      },
    ]
  })
}

/** Rounded down, because a ratio of 4.499 is not enough. */
const ratioOf = (one: Colour, other: Colour): number => Math.floor(wcagContrast(one.hex, other.hex) * 100) / 100
