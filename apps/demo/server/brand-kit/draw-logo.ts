import type { BrandTrait, LogoStyle } from '@brandkit/core'
import { mean } from '../numbers/mean.ts'
import { toCharacters } from '../words/to-characters.ts'
import { drawSymbol } from './draw-symbol.ts'
import { toXmlText } from './to-xml-text.ts'
import { TRAIT_PROFILES } from './trait-profiles.ts'

export interface LogoOptions {
  brandName: string
  style: LogoStyle
  /** At least one. */
  traits: readonly BrandTrait[]
  headingFamily: string
  colors: { primary: string; secondary: string; accent: string; text: string; onPrimary: string }
}

export interface Logo {
  style: LogoStyle
  svg: string
  minimumSizePx: number
  description: string
}

/** A mark as SVG, from the name and the traits alone: shapes and text, nothing that loads or runs. */
export function drawLogo(options: LogoOptions): Logo {
  if (options.style === 'wordmark') return drawWordmark(options)
  if (options.style === 'monogram') return drawMonogram(options)
  return drawSymbol({ ...options, roundness: roundnessOf(options.traits) })
}

function roundnessOf(traits: readonly BrandTrait[]): number {
  return mean(traits.map((trait) => TRAIT_PROFILES[trait].roundness))
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
  // The browser fits the text into this width, whatever font it has.
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

/** Advance at 40 px: narrow, wide (most of what is not Latin) and the rest. */
function widthOf(character: string): number {
  if (/[ilj.,'!| ]/.test(character)) return 12
  return /[mwMW]|[^ -\u024F]/.test(character) ? 36 : 23
}

/** First letters of the first two words; of anything else the first character. */
function initialsOf(name: string): string[] {
  const words = name.match(/[\p{L}\p{N}]+/gu) ?? []
  const initials = words.slice(0, 2).map((word) => (toCharacters(word)[0] ?? '').toLocaleUpperCase('en'))
  return initials.length > 0 ? initials : toCharacters(name).slice(0, 1)
}

function shapeName(roundness: number): string {
  if (roundness >= 0.85) return 'disc'
  return roundness >= 0.4 ? 'rounded square' : 'square'
}
