import * as z from 'zod'
import { TaskError } from '../task-error.js'

/**
 * Reads the query of a `GET` as the action's schema names it; the caller parses the values.
 *
 * Names that the schema does not know are ignored, because gateways add parameters of their own
 * (`x-vercel-protection-bypass`).
 *
 * @param schema an object, or a union of objects. A union keeps every name that any of its objects knows, so that each
 *   object refuses a mixed query
 * @throws TaskError `invalid_request` when a known name is given twice
 */
export function readQuery(query: URLSearchParams, schema: z.ZodType): Record<string, string> {
  const read: Record<string, string> = {}
  for (const name of namesOf(schema)) {
    const [value, ...more] = query.getAll(name)
    if (more.length > 0)
      throw new TaskError('invalid_request', 'A query parameter is given twice. Separate several values by commas.')
    if (value !== undefined) read[name] = value
  }
  return read
}

const namesBySchema = new WeakMap<z.ZodType, ReadonlySet<string>>()

/** The names of a schema, which are gathered once because the schemas of actions never change. */
function namesOf(schema: z.ZodType): ReadonlySet<string> {
  const known = namesBySchema.get(schema) ?? gatherNames(schema)
  namesBySchema.set(schema, known)
  return known
}

function gatherNames(schema: unknown): ReadonlySet<string> {
  if (schema instanceof z.ZodUnion) return new Set(schema.options.flatMap((option) => [...gatherNames(option)]))
  if (schema instanceof z.ZodObject) return new Set(Object.keys(schema.shape))
  throw new TypeError('The schema of a query is an object, or a union of objects.')
}
