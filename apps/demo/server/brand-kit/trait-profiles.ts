import type { BrandTrait } from '@brandkit/core/brand-tasks'

export interface TraitProfile {
  /** The OKLCH colour of this trait: hue in degrees, chroma 0 to 0.33, lightness 0 to 1. */
  hue: number
  chroma: number
  lightness: number
  /** Degrees from the primary to the secondary hue: small looks quiet, large looks loud. */
  harmony: number
  /** The ratio between the sizes of neighbouring type levels. */
  typeRatio: number
  heading: string
  body: string
  /** Roundness of the mark: 0 a square, 1 a circle. */
  roundness: number
}

/**
 * Design assumptions of this demo about the look of each trait. Warm hues and high chroma excite, cool hues and low chroma
 * calm (Valdez and Mehrabian, "Effects of Color on Emotions", 1994). Round shapes look friendly, angular ones tough (Bar
 * and Neta, "Humans Prefer Curved Visual Objects", 2006). The fonts are open and free.
 */
export const TRAIT_PROFILES: Readonly<Record<BrandTrait, TraitProfile>> = {
  bold: {
    hue: 25,
    chroma: 0.21,
    lightness: 0.56,
    harmony: 180,
    typeRatio: 1.4,
    heading: 'Archivo',
    body: 'Inter',
    roundness: 0.1,
  },
  calm: {
    hue: 215,
    chroma: 0.08,
    lightness: 0.5,
    harmony: 30,
    typeRatio: 1.2,
    heading: 'Figtree',
    body: 'Figtree',
    roundness: 0.7,
  },
  elegant: {
    hue: 310,
    chroma: 0.09,
    lightness: 0.38,
    harmony: 40,
    typeRatio: 1.333,
    heading: 'Playfair Display',
    body: 'Source Sans 3',
    roundness: 0.5,
  },
  friendly: {
    hue: 155,
    chroma: 0.14,
    lightness: 0.52,
    harmony: 90,
    typeRatio: 1.25,
    heading: 'Nunito',
    body: 'Nunito Sans',
    roundness: 0.9,
  },
  playful: {
    hue: 345,
    chroma: 0.2,
    lightness: 0.57,
    harmony: 120,
    typeRatio: 1.333,
    heading: 'Baloo 2',
    body: 'Nunito Sans',
    roundness: 1,
  },
  precise: {
    hue: 260,
    chroma: 0.16,
    lightness: 0.48,
    harmony: 60,
    typeRatio: 1.2,
    heading: 'IBM Plex Sans',
    body: 'IBM Plex Sans',
    roundness: 0.15,
  },
  rugged: {
    hue: 75,
    chroma: 0.09,
    lightness: 0.42,
    harmony: 60,
    typeRatio: 1.25,
    heading: 'Bitter',
    body: 'Work Sans',
    roundness: 0,
  },
  warm: {
    hue: 50,
    chroma: 0.14,
    lightness: 0.54,
    harmony: 45,
    typeRatio: 1.25,
    heading: 'Fraunces',
    body: 'Source Sans 3',
    roundness: 0.8,
  },
}
