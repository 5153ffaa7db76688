import { handled } from '@brandkit/core'
import type * as z from 'zod'

/**
 * `safeParse` for a schema of the app, which may hold a check that is asynchronous. zod lets go of the promise that such a
 * check has made, and its rejection would end the process.
 *
 * @throws TypeError when the schema is asynchronous
 */
export function parseWith(schema: z.ZodType, value: unknown): z.ZodSafeParseResult<unknown> {
  // oxlint-disable-next-line no-underscore-dangle -- what zod has for libraries; `safeParseAsync` answers later even where nothing waits
  const outcome = schema._zod.run({ value, issues: [] }, { async: true })
  if (outcome instanceof Promise) {
    void handled(outcome)
    throw new TypeError(
      'A schema of the catalog is asynchronous (`async` in a refine or transform). Schemas are parsed at once, so move what waits into the generator.',
    )
  }
  // zod words the issues in here.
  return outcome.issues.length > 0 ? schema.safeParse(value) : { success: true, data: outcome.value }
}
