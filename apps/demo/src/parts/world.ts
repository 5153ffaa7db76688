/** Currencies with prices in the planners' tables. */
export const CURRENCIES = ['EUR', 'USD', 'GBP', 'CHF', 'SEK', 'JPY'] as const

/** Languages on offer, as tags of BCP 47. */
export const LANGUAGES = ['en', 'de', 'fr', 'es', 'it', 'nl', 'sv', 'pl', 'pt-BR', 'ar', 'ja'] as const

const languageNames = new Intl.DisplayNames(['en'], { type: 'language' })

export function languageName(tag: string): string {
  return languageNames.of(tag) ?? tag
}

/** Countries on offer (ISO 3166-1). */
export const REGIONS = [
  'AT',
  'AU',
  'BR',
  'CA',
  'CH',
  'DE',
  'DK',
  'ES',
  'FR',
  'GB',
  'IE',
  'IN',
  'IT',
  'JP',
  'NL',
  'NO',
  'PL',
  'PT',
  'SE',
  'US',
] as const

const regionNames = new Intl.DisplayNames(['en'], { type: 'region' })

export function regionName(code: string): string {
  return regionNames.of(code) ?? code
}
