/**
 * Describes unwanted characters around or inside a configured value, as the end of a sentence that begins with its name.
 * Files and shells add quotes and line breaks to values. Never repeats the value, which may be a secret.
 *
 * @returns undefined when the value is clean
 *
 * @example
 * strayCharacters('"redis://localhost"') // 'stands in quotes; remove them, since docker --env-file …'
 */
export function strayCharacters(value: string): string | undefined {
  if (value.trim() !== value)
    return 'has a blank or a line break at its beginning or end; remove it, since it counts as part of the value'
  if (/^["'`“”‘’]|["'`“”‘’]$/.test(value))
    return 'stands in quotes; remove them, since docker --env-file and others pass them on as part of the value'
  if (/[\p{Cc}\u200B\u200E\u200F\u2028\u2029\u2060\uFEFF]/u.test(value))
    return 'holds a character that cannot be seen; type it again instead of copying it'
  return undefined
}
