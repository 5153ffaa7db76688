type Schema = Record<string, unknown>

/**
 * Closes every object of the schema that does not allow more fields. The document leaves answers open, so that a later
 * release may add fields; in a test an undescribed field is a mistake.
 */
export function closeSchema(schema: unknown): unknown {
  if (!isSchema(schema)) return schema
  const closed: Schema = { ...schema }
  for (const keyword of ['items', 'additionalProperties'])
    if (keyword in closed) closed[keyword] = closeSchema(closed[keyword])
  for (const keyword of ['anyOf', 'oneOf', 'prefixItems'])
    if (Array.isArray(closed[keyword])) closed[keyword] = closed[keyword].map(closeSchema)
  // Each part of an `allOf` knows only some of the fields, so the parts must stay open.
  if (isSchema(closed['properties'])) {
    closed['properties'] = Object.fromEntries(
      Object.entries(closed['properties']).map(([name, property]) => [name, closeSchema(property)]),
    )
    if (closed['type'] === 'object') closed['additionalProperties'] ??= false
  }
  return closed
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
