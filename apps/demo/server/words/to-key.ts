import { hashText } from './hash-text.ts'

/** "Café, reversed!" becomes "cafe-reversed"; text without Latin letters becomes a number, so that a key is never empty. */
export function toKey(text: string): string {
  const key = text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 60)
  return key || `x${hashText(text).toString(36)}`
}
