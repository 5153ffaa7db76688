import type * as z from 'zod'

/** What a schema finds wrong in a value of a test: each sentence names the field, its value and what is allowed. */
export function faultsOf(schema: z.ZodType, value: unknown): string[] {
  const issues = schema.safeParse(value).error?.issues ?? []
  return issues.map(({ path, message, code, ...issue }) => {
    // A misspelt name, or no object at all.
    if (path.length === 0) return `${message}.`
    const isTime = code === 'invalid_format' && 'format' in issue && issue.format === 'datetime'
    const advice = isTime ? 'Expected an ISO 8601 time such as 2027-03-01T09:00:00.000Z' : message
    return `${path.join('.')} is ${shown(valueAt(value, path))}. ${advice}.`
  })
}

/** A value as a sentence can hold it. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value)
  if (Array.isArray(value)) return 'an array'
  return isObject(value) ? 'an object' : String(value)
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

function valueAt(object: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce((value, key) => (isObject(value) ? value[key as string] : undefined), object)
}
