import * as z from 'zod'

/** A country by its two letters of ISO 3166-1. */
export const region = z.string().regex(/^[A-Z]{2}$/, 'Use a two-letter country code such as DE.')
