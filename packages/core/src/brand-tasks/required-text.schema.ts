import * as z from 'zod'

/** Lone surrogates and control characters other than tab and line breaks: databases refuse them inside JSON. */
// oxlint-disable-next-line no-control-regex -- control characters are what this is for
const UNSTORABLE = /[\p{Surrogate}\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/u

/** Text that somebody typed: trimmed, not empty, at most `max` UTF-16 units. */
export function requiredText(max: number) {
  return z
    .string()
    .trim()
    .min(1, 'Fill this in.')
    .max(max, `Use at most ${max} characters.`)
    .refine((text) => !UNSTORABLE.test(text), 'Remove the control characters.')
}
