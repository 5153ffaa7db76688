import * as z from 'zod'

export const hexColor = z.string().regex(/^#[0-9a-f]{6}$/i, 'Use a colour of six hex digits such as #1b6ef3.')

/** A colour in OKLCH (CSS Color 4, section 9.4) beside its sRGB hex digits. */
export const color = z.object({
  hex: hexColor,
  /** 0 black to 1 white. */
  lightness: z.number().min(0).max(1),
  /** 0 grey; no sRGB colour exceeds 0.33. */
  chroma: z.number().min(0).max(0.5),
  /** Degrees. */
  hue: z.number().min(0).max(360),
})
