import * as z from 'zod'
import { distinctList } from './distinct-list.schema.js'
import { language } from './language.schema.js'
import { requiredText } from './required-text.schema.js'
import { TREND_WINDOWS } from './trend.js'

/** What every search for trends asks for; each task adds where to look. */
export const trendSearch = z.strictObject({
  topic: requiredText(120),
  /** Words that must have to do with it. Default: found from the topic. */
  keywords: distinctList(requiredText(60), { max: 20 }).exactOptional(),
  window: z.enum(TREND_WINDOWS).default('week'),
  /** Most trends to report. */
  limit: z.int().min(1).max(50).default(10),
  language: language.default('en'),
})
