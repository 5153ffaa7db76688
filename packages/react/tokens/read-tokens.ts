import dark from './dark.json' with { type: 'json' }
import narrow from './narrow.json' with { type: 'json' }
import tokens from './tokens.json' with { type: 'json' }

export interface Colour {
  colorSpace: 'srgb'
  /** Red, green and blue, from 0 to 1. */
  components: [number, number, number]
  /** From 0 to 1. Default: 1. */
  alpha?: number
  hex: string
}

export interface Measure<Unit extends string = 'px' | 'rem'> {
  value: number
  unit: Unit
}

export interface ShadowLayer {
  color: Colour
  offsetX: Measure
  offsetY: Measure
  blur: Measure
  spread: Measure
}

/** What a token may be, by the names of the Design Tokens Format Module 2025.10. */
interface TokenValues {
  color: Colour
  dimension: Measure
  duration: Measure<'ms' | 's'>
  fontFamily: string[]
  number: number
  shadow: ShadowLayer[]
}
export type TokenKind = keyof TokenValues

/** A colour that is read on others. */
interface ContrastRule {
  /** The names of the tokens behind it. */
  against: string[]
  /** The least ratio: 4.5 for text, and 3 for icons, bars and outlines (WCAG 1.4.3 and 1.4.11). */
  least: number
}

interface TokenOf<K extends TokenKind> {
  /** Without the prefix: `surface` is `--brandkit-surface`. */
  name: string
  kind: K
  purpose: string
  /** The default, in the light theme on a wide screen. */
  value: TokenValues[K]
  /** What the dark theme has instead. */
  dark: TokenValues[K] | undefined
  /** What a screen of at most 480 px has instead. */
  narrow: TokenValues[K] | undefined
  contrast: ContrastRule | undefined
}
/** One token with its values for every theme and width. */
export type Token = { [K in TokenKind]: TokenOf<K> }[TokenKind]

interface TokenJson {
  $type: string
  $value: unknown
  $description?: string
  $extensions?: { brandkit: { contrast: ContrastRule } }
}

/** Every token, in the order of tokens.json. */
export const TOKENS: readonly Token[] = tokensOf(tokens.brandkit).map(
  ([name, { $type, $value, $description, $extensions }]) =>
    ({
      name,
      kind: $type,
      purpose: $description,
      value: $value,
      dark: valueOf(dark.brandkit, name),
      narrow: valueOf(narrow.brandkit, name),
      contrast: $extensions?.brandkit.contrast,
    }) as Token,
)

function tokensOf(group: object): [name: string, token: TokenJson][] {
  return Object.entries(group).filter(([name]) => !name.startsWith('$')) as [string, TokenJson][]
}

function valueOf(group: object, name: string): unknown {
  return tokensOf(group).find(([other]) => other === name)?.[1].$value
}
