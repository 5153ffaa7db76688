import type * as z from 'zod'
import type { modelUsage } from './model-usage.schema.js'

/** What a language model was used for. */
export type ModelUsage = z.output<typeof modelUsage>
