import {
  BRAND_TRAITS,
  type BrandTrait,
  type ColorRole,
  CONTRAST_RATIOS,
  type ContrastLevel,
} from '@brandkit/core/brand-tasks'
import * as z from 'zod'
import { formatHex, oklch, toGamut, wcagContrast } from 'culori'
import { hashText, readTable } from '../words.ts'
import { mean } from './split-by-weight.ts'

const number = z.coerce.number()
const profile = z.strictObject({
  trait: z.enum(BRAND_TRAITS),
  /** The OKLCH colour of this trait: hue in degrees, chroma 0 to 0.33, lightness 0 to 1. */
  hue: number,
  chroma: number,
  lightness: number,
  /** Degrees from the primary to the secondary hue: small looks quiet, large looks loud. */
  harmony: number,
  /** The ratio between the sizes of neighbouring type levels. */
  typeRatio: number,
  heading: z.string(),
  body: z.string(),
  /** Roundness of the mark: 0 a square, 1 a circle. */
  roundness: number,
})
type TraitProfile = z.output<typeof profile>

/**
 * Design assumptions of this demo about the look of each trait. Warm hues and high chroma excite, cool hues and low chroma
 * calm (Valdez and Mehrabian, "Effects of Color on Emotions", 1994). Round shapes look friendly, angular ones tough (Bar
 * and Neta, "Humans Prefer Curved Visual Objects", 2006). The fonts are open and free.
 */
const PROFILES = readTable(
  `
trait | hue | chroma | lightness | harmony | typeRatio | heading | body | roundness
bold | 25 | 0.21 | 0.56 | 180 | 1.4 | Archivo | Inter | 0.1
calm | 215 | 0.08 | 0.5 | 30 | 1.2 | Figtree | Figtree | 0.7
elegant | 310 | 0.09 | 0.38 | 40 | 1.333 | Playfair Display | Source Sans 3 | 0.5
friendly | 155 | 0.14 | 0.52 | 90 | 1.25 | Nunito | Nunito Sans | 0.9
playful | 345 | 0.2 | 0.57 | 120 | 1.333 | Baloo 2 | Nunito Sans | 1
precise | 260 | 0.16 | 0.48 | 60 | 1.2 | IBM Plex Sans | IBM Plex Sans | 0.15
rugged | 75 | 0.09 | 0.42 | 60 | 1.25 | Bitter | Work Sans | 0
warm | 50 | 0.14 | 0.54 | 45 | 1.25 | Fraunces | Source Sans 3 | 0.8
`,
  profile,
)

export function traitProfile(trait: BrandTrait): TraitProfile {
  return PROFILES.find((entry) => entry.trait === trait) ?? PROFILES[0]
}

interface Oklch {
  /** 0 to 1. */
  lightness: number
  chroma: number
  /** Degrees, 0 to 360. */
  hue: number
}

/** The weight of a trait; a word of the industry has weight 1. */
const TRAIT_WEIGHT = 2
/** The largest turn of the hue by the brand's name, in degrees to either side. */
const INDIVIDUALITY = 18

/**
 * The primary colour of a brand without one. The hue is the circular mean of the hues of its traits (weight 2) and of its
 * industry (weight 1). The name turns the hue by up to 18°, so that similar brands differ. Chroma and lightness are means.
 */
export function chooseSeed({ brandName, traits, about }: ChooseSeedOptions): Oklch {
  const profiles = traits.map((trait) => traitProfile(trait))
  const hues = [
    ...profiles.map(({ hue }) => ({ hue, weight: TRAIT_WEIGHT })),
    ...readIndustryHues(about).map((hue) => ({ hue, weight: 1 })),
  ]
  const x = hues.reduce((sum, { hue, weight }) => sum + weight * Math.cos(toRadians(hue)), 0)
  const y = hues.reduce((sum, { hue, weight }) => sum + weight * Math.sin(toRadians(hue)), 0)
  const turn = ((hashText(brandName) % 1_000) / 999) * 2 * INDIVIDUALITY - INDIVIDUALITY
  return {
    lightness: mean(profiles.map(({ lightness }) => lightness)),
    chroma: mean(profiles.map(({ chroma }) => chroma)),
    hue: ((Math.atan2(y, x) * 180) / Math.PI + turn + 720) % 360,
  }
}

interface ChooseSeedOptions {
  brandName: string
  /** At least one. */
  traits: readonly BrandTrait[]
  /** Industry and description of the brand. */
  about: string
}

function toRadians(degrees: number): number {
  return (degrees * Math.PI) / 180
}

/** Hues that customers of an industry know, in degrees of OKLCH, by words. Assumptions of this demo. */
const INDUSTRY_HUES: readonly { hue: number; words: RegExp }[] = [
  {
    hue: 145,
    words: /\b(eco|sustainab\w*|garden\w*|plants?|organic|natur\w*|outdoors?|camp\w*|forest\w*|vegan|recycl\w*)\b/i,
  },
  { hue: 250, words: /\b(bank\w*|financ\w*|insur\w*|legal|law|consult\w*|software|saas|data|cloud|security|b2b)\b/i },
  { hue: 200, words: /\b(health\w*|medic\w*|clinic\w*|dental|pharma\w*|water|swim\w*|clean\w*|travel\w*)\b/i },
  {
    hue: 50,
    words: /\b(food|restaurants?|baker\w*|coffee|cafe|roast\w*|kitchen\w*|cook\w*|bread|spices?|craft\w*)\b/i,
  },
  { hue: 15, words: /\b(sports?|fitness|motor\w*|cars?|gaming|games?|entertain\w*|music|media)\b/i },
  { hue: 350, words: /\b(beauty|cosmetic\w*|fashion|jewel\w*|wedding\w*|skin\w*|toys?|kids|children)\b/i },
  { hue: 85, words: /\b(energy|solar|light\w*|lamps?|electric\w*|logistic\w*|construct\w*|tools?)\b/i },
]

/** The hues that the words of a description suggest; empty for unknown words. */
function readIndustryHues(text: string): number[] {
  return INDUSTRY_HUES.filter(({ words }) => words.test(text)).map(({ hue }) => hue)
}

interface Color extends Oklch {
  /** `#1b6ef3`. */
  hex: string
}

// CSS Color 4, section 13: lightness and hue stay, and chroma falls until the colour fits into sRGB.
const toSrgb = toGamut('rgb', 'oklch')

/** The nearest colour of sRGB, found by reducing chroma. */
function toColor({ lightness, chroma, hue }: Oklch): Color {
  return fromHex(formatHex(toSrgb({ mode: 'oklch', l: lightness, c: chroma, h: hue })))
}

/** OKLCH of six hex digits, so that the reported colour is exactly the shown one. Greys get hue 0. */
export function fromHex(hex: string): Color {
  const { l = 0, c = 0, h = 0 } = oklch(hex) ?? {}
  return {
    hex: hex.toLowerCase(),
    lightness: round(Math.min(1, Math.max(0, l)), 4),
    chroma: round(c, 4),
    hue: round(c < 0.002 ? 0 : ((h % 360) + 360) % 360, 2),
  }
}

/** Contrast ratio of WCAG 2.2, 1 to 21. */
function contrastOf(one: Pick<Color, 'hex'>, other: Pick<Color, 'hex'>): number {
  return wcagContrast(one.hex, other.hex)
}

/**
 * Darkens or lightens a colour until its contrast to all the others is enough, with the smallest change. The hue stays.
 * Black or white is the last resort.
 */
function withContrast(
  color: Oklch,
  { against, ratio, towards }: { against: readonly Pick<Color, 'hex'>[]; ratio: number; towards: 'dark' | 'light' },
): Color {
  const step = towards === 'dark' ? -0.005 : 0.005
  for (let { lightness } = color; lightness >= 0 && lightness <= 1; lightness += step) {
    const candidate = toColor({ ...color, lightness })
    if (against.every((other) => contrastOf(candidate, other) >= ratio)) return candidate
  }
  return toColor({ ...color, chroma: 0, lightness: towards === 'dark' ? 0 : 1 })
}

function round(value: number, digits: number): number {
  return Math.round(value * 10 ** digits) / 10 ** digits
}

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
  const harmony = mean(traits.map((trait) => traitProfile(trait).harmony))
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
