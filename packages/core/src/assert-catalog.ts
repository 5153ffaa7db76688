import { assertNumbers, LONGEST_TIME_MS, type NumberRange, SOME, SOME_TIME } from './number-range.js'
import type { TaskCatalog } from './task-catalog.js'

const RANGES: Readonly<Record<string, NumberRange>> = {
  timeoutMs: {
    ...SOME_TIME,
    insteadOfInfinity:
      'Write the longest time that an attempt can sensibly take, such as 25 * 24 * 60 * 60 * 1_000 for 25 days.',
  },
  // Kept in a column of whole numbers.
  version: SOME,
  maxRetries: { least: 0, most: 1_000, isWhole: true },
  deadlineMs: { ...SOME_TIME, insteadOfInfinity: 'Leave it out for no deadline.' },
  timeToLiveMs: { ...SOME_TIME, insteadOfInfinity: `Write ${LONGEST_TIME_MS} for a hundred years.` },
  concurrency: { ...SOME, insteadOfInfinity: 'Leave it out for no limit.' },
}

const STEP_RANGES: Readonly<Record<string, NumberRange>> = { weight: { least: 0, most: 1_000_000 } }

/** @throws TypeError or RangeError for a number of a catalog that makes no sense; the message names task type, option and range */
export function assertCatalog(catalog: TaskCatalog): void {
  for (const [type, definition] of Object.entries(catalog)) {
    assertNumbers(type, definition, RANGES)
    for (const [key, step] of Object.entries(definition.steps)) {
      assertNumbers(`${type}.steps.${key}`, step, STEP_RANGES)
    }
  }
}
