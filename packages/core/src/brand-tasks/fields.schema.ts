import * as z from 'zod'
import { lazily } from '../lazily.js'
import { RESULT_CAVEATS } from './vocabulary.js'

/** Lone surrogates, and control characters except tab and line breaks. Databases refuse these characters inside JSON. */
// oxlint-disable-next-line no-control-regex -- control characters are what this is for
const UNSTORABLE = /[\p{Surrogate}\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/u

/** Text that a person typed: trimmed, not empty, at most `max` UTF-16 units. */
export function requiredText(max: number) {
  return z
    .string()
    .trim()
    .min(1, 'Fill this in.')
    .max(max, `Use at most ${max} characters.`)
    .refine((text) => !UNSTORABLE.test(text), 'Remove the control characters.')
}

/** A list of 1 to `max` entries, each named once. */
export function distinctList<T extends z.ZodType<string>>(entry: T, { min = 1, max }: { min?: number; max: number }) {
  return z
    .array(entry)
    .min(min, `Choose at least ${min}.`)
    .max(max, `Choose at most ${max}.`)
    .refine((list) => new Set(list).size === list.length, 'Name each one once.')
}

/** Schemas that several tasks use. */
export const fields = lazily(() => {
  /** The language that the generated text is written in: a language subtag of BCP 47, with a region if it matters. */
  const language = z.string().regex(/^[a-z]{2,3}(-[A-Z]{2})?$/, 'Use a language tag such as en or pt-BR.')

  /** A country by its two letters of ISO 3166-1. */
  const region = z.string().regex(/^[A-Z]{2}$/, 'Use a two-letter country code such as DE.')

  /** A three-letter code of ISO 4217. */
  const currency = z.string().regex(/^[A-Z]{3}$/, 'Use a three-letter currency code such as EUR.')

  /** The money of a campaign, with at most two decimals. */
  const budget = z.number().min(100).max(100_000_000).multipleOf(0.01, 'Use at most two decimals.')

  /** A part of a whole, or a likelihood: 0 to 1. */
  const share = z.number().min(0).max(1)

  const hexColor = z.string().regex(/^#[0-9a-f]{6}$/i, 'Use a colour of six hex digits such as #1b6ef3.')

  /** A colour in OKLCH (CSS Color 4, section 9.4) beside its sRGB hex digits. */
  const color = z.object({
    hex: hexColor,
    /** 0 black to 1 white. */
    lightness: z.number().min(0).max(1),
    /** 0 grey; no sRGB colour exceeds 0.33. */
    chroma: z.number().min(0).max(0.5),
    /** Degrees. */
    hue: z.number().min(0).max(360),
  })

  /** The use of a language model in the attempt that made the result. Steps kept from an earlier attempt are not counted. */
  const modelUsage = z.object({
    /** The provider's name for the model. */
    model: z.string().min(1),
    calls: z.int().min(0),
    inputTokens: z.int().min(0),
    outputTokens: z.int().min(0),
  })

  /** The source of a result's texts and numbers. */
  const provenance = {
    /** Absent without a model. */
    usage: modelUsage.exactOptional(),
    /** Absent in results of earlier releases. */
    caveats: z.array(z.enum(RESULT_CAVEATS)).exactOptional(),
  }

  return { language, region, currency, budget, share, hexColor, color, provenance }
})

export type ModelUsage = NonNullable<z.output<typeof fields.provenance.usage>>
