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

const names = new Intl.DisplayNames(['en'], { type: 'region' })

export function regionName(code: string): string {
  return names.of(code) ?? code
}
