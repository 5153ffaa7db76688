import { type FieldIssue, handled, toPrintable } from '@brandkit/core'
import type * as z from 'zod'
import { compilePlainSchema } from './compile-schema.js'

/** Converts zod's issues to the form of the protocol. */
export function toFieldIssues(error: z.core.$ZodError, prefix: FieldIssue['path'] = []): FieldIssue[] {
  return error.issues.flatMap((issue) => toLeaves(issue, prefix))
}

/** zod only reports that no member of a union fits. The member with the fewest issues tells the caller what to correct. */
function toLeaves(issue: z.core.$ZodIssue, prefix: FieldIssue['path']): FieldIssue[] {
  const path = [...prefix, ...issue.path.map((key) => (typeof key === 'number' ? key : toPrintable(String(key))))]
  if (issue.code !== 'invalid_union') return [{ path, message: toPrintable(issue.message) }]
  const [nearest] = issue.errors.toSorted((a, b) => a.length - b.length)
  if (!nearest) return [{ path, message: toPrintable(issue.message) }]
  return nearest.flatMap((leaf) => toLeaves(leaf, path))
}

/** The first few issues in one sentence: "payload.budget: Too small …". */
export function describeIssues(issues: readonly FieldIssue[]): string {
  const shown = issues
    .slice(0, 3)
    .map(({ path, message }) => toPrintable(path.length > 0 ? `${path.join('.')}: ${message}` : message))
  const rest = issues.length - shown.length
  return shown.join('; ') + (rest > 0 ? ` (and ${rest} more)` : '')
}

/**
 * `safeParse` for a schema of the app, which may contain an asynchronous check. zod's `safeParse` drops the promise of such
 * a check, and its rejection would end the process.
 *
 * @throws TypeError when the schema is asynchronous
 */
export function parseWith(schema: z.ZodType, value: unknown): z.ZodSafeParseResult<unknown> {
  const plain = compilePlainSchema(schema)
  if (plain) return plain.safeParse(value)
  // oxlint-disable-next-line no-underscore-dangle -- zod's door for libraries; `safeParseAsync` would make synchronous schemas asynchronous
  const outcome = schema._zod.run({ value, issues: [] }, { async: true })
  if (outcome instanceof Promise) {
    void handled(outcome)
    throw new TypeError(
      'A schema of the catalog is asynchronous (`async` in a refine or transform). Schemas are parsed at once, so move what waits into the generator.',
    )
  }
  // Only `safeParse` gives the issues their messages.
  return outcome.issues.length > 0 ? schema.safeParse(value) : { success: true, data: outcome.value }
}
