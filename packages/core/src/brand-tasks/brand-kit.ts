/** How a brand comes across. */
export const BRAND_TRAITS = ['bold', 'calm', 'elegant', 'friendly', 'playful', 'precise', 'rugged', 'warm'] as const
export type BrandTrait = (typeof BRAND_TRAITS)[number]

/** What a colour is for. Each role appears once in a palette. */
export const COLOR_ROLES = [
  'primary',
  'secondary',
  'accent',
  'surface',
  'text',
  'success',
  'warning',
  'danger',
] as const
export type ColorRole = (typeof COLOR_ROLES)[number]

/** Sizes of a type scale, smallest first. */
export const TYPE_LEVELS = ['caption', 'body', 'lead', 'title', 'headline', 'display'] as const
export type TypeLevel = (typeof TYPE_LEVELS)[number]

export const LOGO_STYLES = ['monogram', 'wordmark', 'symbol'] as const
export type LogoStyle = (typeof LOGO_STYLES)[number]

/** Lowest contrast ratio for text of each kind (WCAG 2.2, success criteria 1.4.3 and 1.4.6). */
export const CONTRAST_RATIOS = { 'AA-large': 3, AA: 4.5, AAA: 7 } as const
export type ContrastLevel = keyof typeof CONTRAST_RATIOS
