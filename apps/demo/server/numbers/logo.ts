import { type BrandTrait, type LogoStyle, TYPE_LEVELS, type TypeLevel } from '@brandkit/core/brand-tasks'
import { hashText } from '../words.ts'
import { mean } from './split-by-weight.ts'
import { traitProfile } from './palette.ts'

interface LogoOptions {
  brandName: string
  style: LogoStyle
  /** At least one. */
  traits: readonly BrandTrait[]
  headingFamily: string
  colors: { primary: string; secondary: string; accent: string; text: string; onPrimary: string }
}

interface Logo {
  style: LogoStyle
  svg: string
  minimumSizePx: number
  description: string
}

/** A mark as SVG from the name and the traits: only shapes and text, without scripts and links. */
export function drawLogo(options: LogoOptions): Logo {
  if (options.style === 'wordmark') return drawWordmark(options)
  if (options.style === 'monogram') return drawMonogram(options)
  return drawSymbol({ ...options, roundness: roundnessOf(options.traits) })
}

function roundnessOf(traits: readonly BrandTrait[]): number {
  return mean(traits.map((trait) => traitProfile(trait).roundness))
}

function drawMonogram({ brandName, style, traits, headingFamily, colors }: LogoOptions): Logo {
  const roundness = roundnessOf(traits)
  const letters = initialsOf(brandName)
  const size = letters.length === 1 ? 38 : 28
  return {
    style,
    svg:
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" role="img"><title>${toXmlText(brandName)}</title>` +
      `<rect x="2" y="2" width="60" height="60" rx="${Math.round(roundness * 30)}" fill="${colors.primary}"/>` +
      `<text x="32" y="${32 + Math.round(size * 0.35)}" text-anchor="middle" font-family="${headingFamily}, sans-serif" ` +
      `font-weight="700" font-size="${size}" fill="${colors.onPrimary}">${toXmlText(letters.join(''))}</text>` +
      `<rect x="24" y="52" width="16" height="3" rx="1.5" fill="${colors.onPrimary}" opacity="0.85"/></svg>`,
    minimumSizePx: letters.length === 1 ? 16 : 24,
    description: `The ${letters.length === 1 ? 'letter' : 'letters'} ${letters.join(' and ')} on a ${shapeName(roundness)} in the primary colour, underlined: the start of ${brandName}.`,
  }
}

function drawWordmark({ brandName, style, traits, headingFamily, colors }: LogoOptions): Logo {
  const characters = toCharacters(brandName)
  // The browser fits the text into this width, with any font.
  const width = Math.round(characters.reduce((sum, character) => sum + widthOf(character), 0))
  const rounded = roundnessOf(traits) > 0.5
  const end = width + 12
  const dot = rounded
    ? `<circle cx="${end}" cy="37" r="5" fill="${colors.accent}"/>`
    : `<rect x="${end - 5}" y="32" width="10" height="10" fill="${colors.accent}"/>`
  return {
    style,
    svg:
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width + 20} 56" role="img"><title>${toXmlText(brandName)}</title>` +
      `<text x="2" y="42" font-family="${headingFamily}, sans-serif" font-weight="700" font-size="40" ` +
      `textLength="${width}" lengthAdjust="spacingAndGlyphs" fill="${colors.text}">${toXmlText(brandName)}</text>${dot}</svg>`,
    minimumSizePx: Math.max(48, characters.length * 7),
    description: `The name ${brandName} set in ${headingFamily}, closed by a ${rounded ? 'round' : 'square'} full stop in the accent colour.`,
  }
}

/** The advance width of narrow, wide (most characters outside Latin) and other characters, in px at a size of 40 px. */
function widthOf(character: string): number {
  if (/[ilj.,'!| ]/.test(character)) return 12
  return /[mwMW]|[^ -\u024F]/.test(character) ? 36 : 23
}

/** The first letters of the first two words; without letters, the first character. */
function initialsOf(name: string): string[] {
  const words = name.match(/[\p{L}\p{N}]+/gu) ?? []
  const initials = words.slice(0, 2).map((word) => (toCharacters(word)[0] ?? '').toLocaleUpperCase('en'))
  return initials.length > 0 ? initials : toCharacters(name).slice(0, 1)
}

function shapeName(roundness: number): string {
  if (roundness >= 0.85) return 'disc'
  return roundness >= 0.4 ? 'rounded square' : 'square'
}

const CENTRE = 32
const OUTER = 29

/**
 * A rosette: one blade, turned around the centre. The name decides the number of blades (3 to 8), their inner reach and
 * their lean; the traits decide their roundness. The same name always gives the same mark.
 */
function drawSymbol({
  brandName,
  style,
  roundness,
  colors,
}: Pick<LogoOptions, 'brandName' | 'style' | 'colors'> & { roundness: number }): Logo {
  const hash = hashText(brandName)
  const blades = 3 + (hash % 6)
  const inner = 5 + ((hash >>> 4) % 8)
  const lean = (((hash >>> 8) % 5) - 2) * 5
  const spread = 180 / blades
  const middle = (inner + OUTER) / 2

  const outline = Array.from({ length: blades }, (_, index) => {
    const angle = (360 / blades) * index - 90
    const start = pointAt(angle, inner)
    const tip = pointAt(angle + lean, OUTER)
    // A round blade bulges; an angular blade is straight, so its corners lie on the line.
    const width = spread * (0.45 + 0.4 * roundness)
    const left = pointAt(angle - width + lean / 2, middle + roundness * 4)
    const right = pointAt(angle + width + lean / 2, middle + roundness * 4)
    const path =
      roundness >= 0.4 ? `M${start} Q${left} ${tip} Q${right} ${start} Z` : `M${start} L${left} L${tip} L${right} Z`
    return `<path d="${path}" fill="${blades % 2 === 1 || index % 2 === 0 ? colors.primary : colors.secondary}"/>`
  })
  return {
    style,
    svg:
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" role="img"><title>${toXmlText(brandName)}</title>` +
      `${outline.join('')}<circle cx="${CENTRE}" cy="${CENTRE}" r="${Math.max(2, inner - 3)}" fill="${colors.accent}"/></svg>`,
    minimumSizePx: blades > 6 ? 20 : 16,
    description:
      `${blades} ${roundness >= 0.4 ? 'rounded petals' : 'straight-edged blades'} around a dot in the accent colour, ` +
      `${lean === 0 ? 'upright' : 'leaning as if they turned'}: a rosette that only the name ${brandName} gives.`,
  }
}

function pointAt(degrees: number, radius: number): string {
  const radians = (degrees * Math.PI) / 180
  return `${format(CENTRE + radius * Math.cos(radians))},${format(CENTRE + radius * Math.sin(radians))}`
}

function format(value: number): string {
  return String(Math.round(value * 100) / 100)
}

/** Escapes a text for use between XML tags. */
function toXmlText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

const SEGMENTER = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** The characters as people see them; a character may have several code points. */
function toCharacters(text: string): string[] {
  return Array.from(SEGMENTER.segment(text), ({ segment }) => segment)
}

interface TypeScale {
  headingFamily: string
  bodyFamily: string
  ratio: number
  scale: { level: TypeLevel; sizePx: number; lineHeight: number; weight: number }[]
}

/** Musical intervals, as in Robert Bringhurst's and Tim Brown's modular scales: minor third to augmented fourth. */
const INTERVALS = [1.2, 1.25, 1.333, Math.SQRT2] as const
const BODY_PX = 16
const WEIGHTS: Readonly<Record<TypeLevel, number>> = {
  caption: 400,
  body: 400,
  lead: 400,
  title: 600,
  headline: 700,
  display: 700,
}

/**
 * A modular scale: size = 16 px × ratio^n, with body at n = 0. The ratio is the musical interval nearest to the mean of
 * the traits. Line height falls with size, from 1.6 down to 1.1. The first trait chooses the font of headings, the last
 * the font of the body.
 */
export function setTypeScale(traits: readonly [BrandTrait, ...BrandTrait[]]): TypeScale {
  const wanted = mean(traits.map((trait) => traitProfile(trait).typeRatio))
  const [ratio = 1.25] = INTERVALS.toSorted((one, other) => Math.abs(one - wanted) - Math.abs(other - wanted))
  return {
    headingFamily: traitProfile(traits[0]).heading,
    bodyFamily: traitProfile(traits.at(-1) ?? traits[0]).body,
    ratio: Math.round(ratio * 1_000) / 1_000,
    scale: TYPE_LEVELS.map((level, index) => {
      const power = index - TYPE_LEVELS.indexOf('body')
      return {
        level,
        sizePx: Math.round(BODY_PX * ratio ** power * 10) / 10,
        lineHeight: Math.round(Math.max(1.1, 1.55 - 0.1 * power) * 100) / 100,
        weight: WEIGHTS[level],
      }
    }),
  }
}
