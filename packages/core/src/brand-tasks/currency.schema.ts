import * as z from 'zod'

/** A three-letter code of ISO 4217. */
export const currency = z.string().regex(/^[A-Z]{3}$/, 'Use a three-letter currency code such as EUR.')
