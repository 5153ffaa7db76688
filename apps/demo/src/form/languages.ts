/** Languages on offer, as tags of BCP 47. */
export const LANGUAGES = ['en', 'de', 'fr', 'es', 'it', 'nl', 'sv', 'pl', 'pt-BR', 'ar', 'ja'] as const

const names = new Intl.DisplayNames(['en'], { type: 'language' })

export function languageName(tag: string): string {
  return names.of(tag) ?? tag
}
