import * as z from 'zod'

/** A part of a whole, or a likelihood: 0 to 1. */
export const share = z.number().min(0).max(1)
