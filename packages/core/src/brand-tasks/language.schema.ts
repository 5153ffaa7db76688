import * as z from 'zod'

/** The language that the generated text is written in: a language subtag of BCP 47, with a region if it matters. */
export const language = z.string().regex(/^[a-z]{2,3}(-[A-Z]{2})?$/, 'Use a language tag such as en or pt-BR.')
