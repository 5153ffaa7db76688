type Schema = Record<string, unknown>

/**
 * The schema with every object closed that does not say otherwise. The document leaves answers open, so that a later
 * release may add fields; in a test a field that nobody described is a mistake.
 */
export function closeSchema(schema: unknown): unknown {
  if (!isSchema(schema)) return schema
  const closed: Schema = { ...schema }
  for (const keyword of ['items', 'additionalProperties'])
    if (keyword in closed) closed[keyword] = closeSchema(closed[keyword])
  for (const keyword of ['anyOf', 'oneOf', 'prefixItems'])
    if (Array.isArray(closed[keyword])) closed[keyword] = closed[keyword].map(closeSchema)
  // The parts of an `allOf` each know some of the fields only, so none of them can be closed.
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
