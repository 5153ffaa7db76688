/** Signs of money and percent that people write beside a number, and the marks that set its direction. */
const AROUND = /^[\s\p{Sc}\p{Cf}%]+|[\s\p{Sc}\p{Cf}%]+$/gu

/**
 * Reads a number as people write it: "25.000,50", "25,000.50", "25 000", "25'000", "٢٥٬٠٠٠". The language
 * decides when one mark can mean both, as in "25.000". Returns `null` for what is no number; half of a text is never read.
 *
 * @param locale BCP 47: whose marks count in doubt
 */
export function parseNumber(written: string, locale: string): number | null {
  const text = toWesternDigits(written.normalize('NFKC'))
    .replaceAll(AROUND, '')
    .replace(/^(?:[A-Z]{3}\s*)|(?:\s*[A-Z]{3})$/, '')
    .replace(/^[−–]/, '-')
  const [, sign = '', body = ''] = /^([+-]?)(.*)$/.exec(text) ?? []
  const decimal = decimalOf(body, locale)
  const at = decimal === '' ? -1 : body.lastIndexOf(decimal)
  const whole = at < 0 ? body : body.slice(0, at)
  const fraction = at < 0 ? '' : body.slice(at + 1)
  const digits = withoutGroups(whole)
  if (digits === null || !/^\d*$/.test(fraction) || digits + fraction === '') return null
  return Number(`${sign}${digits || '0'}.${fraction || '0'}`)
}

/** The mark between whole and fraction, or nothing when the text has no fraction. */
function decimalOf(body: string, locale: string): string {
  const marks: string[] = body.match(/[.,]/g) ?? []
  const last = marks.at(-1)
  if (last === undefined) return ''
  // "25.000,50": the last of two kinds. A mark that comes twice makes groups.
  if (new Set(marks).size > 1) return marks.filter((mark) => mark === last).length > 1 ? '' : last
  if (marks.length > 1) return ''
  const looksLikeGroup = /^\d{1,3}[.,]\d{3}$/.test(body)
  return looksLikeGroup && last !== localeDecimal(locale) ? '' : last
}

/** The digits of a whole number whose groups of three are set apart by one kind of mark; `null` for other marks or groups. */
function withoutGroups(whole: string): string | null {
  if (/^\d*$/.test(whole)) return whole
  const groups = /^\d{1,3}(?:([.,\s'’])\d{3})(?:\1\d{3})*$/.test(whole)
  // Indian groups: "1,00,000".
  const lakhs = /^\d{1,2}(?:,\d{2})*,\d{3}$/.test(whole)
  return groups || lakhs ? whole.replaceAll(/\D/g, '') : null
}

function localeDecimal(locale: string): string {
  const mark = new Intl.NumberFormat(locale).formatToParts(1.5).find(({ type }) => type === 'decimal')?.value ?? '.'
  return mark === '٫' ? ',' : mark
}

/** Arabic and Persian digits and marks as their Western ones. */
function toWesternDigits(text: string): string {
  return text
    .replaceAll(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x6_60))
    .replaceAll(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x6_f0))
    .replaceAll('٬', "'")
    .replaceAll('٫', '.')
}
