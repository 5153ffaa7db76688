import { formatHex, oklch, toGamut, wcagContrast } from 'culori'
import type { Oklch } from './choose-seed.ts'

export interface Color extends Oklch {
  /** `#1b6ef3`. */
  hex: string
}

// CSS Color 4, section 13: lightness and hue stay, and chroma falls until the colour fits into sRGB.
const toSrgb = toGamut('rgb', 'oklch')

/** The nearest colour of sRGB, found by reducing chroma. */
export function toColor({ lightness, chroma, hue }: Oklch): Color {
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
export function contrastOf(one: Pick<Color, 'hex'>, other: Pick<Color, 'hex'>): number {
  return wcagContrast(one.hex, other.hex)
}

/**
 * Darkens or lightens a colour until its contrast to all the others is enough, with the smallest change. The hue stays.
 * Black or white is the last resort.
 */
export function withContrast(
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
