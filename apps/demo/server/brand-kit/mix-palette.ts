import { type BrandTrait, type ColorRole, CONTRAST_RATIOS, type ContrastLevel } from '@brandkit/core/brand-tasks'
import { mean } from '../split-by-weight.ts'
import type { Oklch } from './choose-seed.ts'
import { type Color, contrastOf, toColor, withContrast } from './to-color.ts'
import { TRAIT_PROFILES } from './trait-profiles.ts'

type PaletteColor = Color & { role: ColorRole; name: string }

/** Hues that most people read as success, warning and danger, in degrees of OKLCH. */
const SIGNALS = { success: 150, warning: 70, danger: 27 } as const
/** Roles that are used for text, or as a ground for text. */
const PAIRED_WITH_SURFACE = ['text', 'primary', 'secondary', 'accent', 'success', 'warning', 'danger'] as const
const FILLS = ['primary', 'secondary', 'accent', 'success', 'warning', 'danger'] as const

/**
 * Makes eight roles from one colour, in OKLCH, where equal steps look equal (Ottosson, 2020). The secondary hue differs by
 * the traits' harmony, and the accent lies opposite to it. Surface and text have the primary hue with very low chroma. A
 * fixed primary stays. Other colours are darkened until they reach 4.5 : 1 on the surface, and text until it reaches 7 :
 * 1.
 */
export function mixPalette({ seed, settled, traits }: MixPaletteOptions): PaletteColor[] {
  const harmony = mean(traits.map((trait) => TRAIT_PROFILES[trait].harmony))
  const surface = toColor({ lightness: 0.985, chroma: Math.min(0.012, seed.chroma / 10), hue: seed.hue })
  const onSurface = { against: [surface], ratio: CONTRAST_RATIOS.AA, towards: 'dark' } as const
  const turned = (degrees: number) => (seed.hue + degrees + 360) % 360

  const colors: Record<ColorRole, Color> = {
    primary: settled ?? withContrast(seed, onSurface),
    secondary: withContrast(
      { hue: turned(harmony), chroma: seed.chroma * 0.75, lightness: Math.max(0.3, seed.lightness - 0.08) },
      onSurface,
    ),
    accent: withContrast(
      { hue: turned(harmony > 150 ? 120 : 180 + harmony / 2), chroma: Math.max(0.12, seed.chroma), lightness: 0.66 },
      onSurface,
    ),
    surface,
    text: withContrast(
      { hue: seed.hue, chroma: Math.min(0.03, seed.chroma / 4), lightness: 0.25 },
      { against: [surface], ratio: CONTRAST_RATIOS.AAA, towards: 'dark' },
    ),
    success: withContrast({ hue: SIGNALS.success, chroma: 0.14, lightness: 0.6 }, onSurface),
    warning: withContrast({ hue: SIGNALS.warning, chroma: 0.13, lightness: 0.66 }, onSurface),
    danger: withContrast({ hue: SIGNALS.danger, chroma: 0.19, lightness: 0.6 }, onSurface),
  }
  const named = new Set<string>()
  return (Object.keys(colors) as ColorRole[]).map((role) => {
    const { hex, lightness, chroma, hue } = colors[role]
    const name = nameColor(colors[role], named)
    named.add(name)
    return { role, name, hex, lightness, chroma, hue }
  })
}

interface MixPaletteOptions {
  seed: Oklch
  /** A fixed primary colour. */
  settled?: Color | undefined
  /** At least one. */
  traits: readonly BrandTrait[]
}

interface ColorPair {
  text: ColorRole
  background: ColorRole
  /** The contrast of WCAG 2.2 with two digits, rounded down, because 4.499 does not pass 4.5. */
  ratio: number
  level: ContrastLevel | 'fail'
}

/** The pairs that a page needs: each colour on the surface, and on each fill the better of surface and text. */
export function pairColors(palette: readonly PaletteColor[]): ColorPair[] {
  const byRole = new Map(palette.map((color) => [color.role, color]))
  const pair = (text: ColorRole, background: ColorRole): ColorPair[] => {
    const [front, back] = [byRole.get(text), byRole.get(background)]
    if (!front || !back) return []
    const exact = contrastOf(front, back)
    return [{ text, background, ratio: Math.floor(exact * 100) / 100, level: levelOf(exact) }]
  }
  return [
    ...PAIRED_WITH_SURFACE.flatMap((role) => pair(role, 'surface')),
    ...FILLS.flatMap((role) =>
      [...pair('surface', role), ...pair('text', role)].toSorted((one, other) => other.ratio - one.ratio).slice(0, 1),
    ),
  ]
}

function levelOf(ratio: number): ContrastLevel | 'fail' {
  const levels = Object.keys(CONTRAST_RATIOS) as ContrastLevel[]
  return levels.findLast((level) => ratio >= CONTRAST_RATIOS[level]) ?? 'fail'
}

/** Names for light, middle and dark, by hue in steps of 20 degrees. */
const NAMES: readonly (readonly [light: string, middle: string, dark: string])[] = [
  ['Rose petal', 'Raspberry', 'Mulberry'],
  ['Blush', 'Poppy', 'Oxblood'],
  ['Peach', 'Terracotta', 'Rust'],
  ['Apricot', 'Amber', 'Chestnut'],
  ['Straw', 'Ochre', 'Umber'],
  ['Lemon', 'Olive', 'Moss'],
  ['Lime blossom', 'Leaf', 'Ivy'],
  ['Pistachio', 'Fern', 'Pine'],
  ['Mint', 'Meadow', 'Spruce'],
  ['Sea foam', 'Jade', 'Fir'],
  ['Mist', 'Lagoon', 'Deep teal'],
  ['Ice', 'Fjord', 'Petrol'],
  ['Sky', 'Harbour', 'Midnight sea'],
  ['Cornflower', 'Cobalt', 'Navy'],
  ['Periwinkle', 'Iris', 'Ink blue'],
  ['Lavender', 'Violet', 'Aubergine'],
  ['Lilac', 'Orchid', 'Plum'],
  ['Candy', 'Magenta', 'Bordeaux'],
]
const GREYS = ['Chalk', 'Pebble', 'Graphite'] as const
/** Colours with a lower chroma are named as warm or cool greys. */
const GREY_CHROMA = 0.035

/** A memorable name by hue and lightness; a second colour with the same name gets an addition. */
function nameColor({ lightness, chroma, hue }: Oklch, taken: ReadonlySet<string> = new Set()): string {
  const [light, middle, dark] = chroma < GREY_CHROMA ? GREYS : (NAMES[Math.floor((hue % 360) / 20)] ?? GREYS)
  if (chroma < GREY_CHROMA && lightness > 0.95) return free(hue > 30 && hue < 130 ? 'Cream' : 'Snow', taken)
  const byLightness = lightness < 0.45 ? dark : middle
  return free(lightness > 0.72 ? light : byLightness, taken)
}

function free(name: string, taken: ReadonlySet<string>): string {
  const options = [name, `Soft ${name.toLowerCase()}`, `Deep ${name.toLowerCase()}`, `Quiet ${name.toLowerCase()}`]
  return options.find((option) => !taken.has(option)) ?? `${name} ${taken.size}`
}
