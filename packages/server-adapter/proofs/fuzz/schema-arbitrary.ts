import * as fc from 'fast-check'
import type { JsonSchema } from '../../src/http/document-headers.js'

interface Node {
  $ref?: string
  const?: unknown
  enum?: unknown[]
  anyOf?: Node[]
  oneOf?: Node[]
  allOf?: Node[]
  type?: string
  properties?: Record<string, Node>
  required?: string[]
  additionalProperties?: Node | boolean
  items?: Node
  minItems?: number
  maxItems?: number
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
  pattern?: string
  format?: string
}

interface SchemaArbitraryOptions {
  /** The targets of `$ref`, by name. */
  components: Readonly<Record<string, JsonSchema>>
  /** Replaces the values of a property that must name an existing thing. */
  properties?: Readonly<Record<string, fc.Arbitrary<unknown>>>
}

/** Values that a schema of the OpenAPI document accepts, or almost: checks that only zod knows are missing there. */
export function toArbitrary(schema: JsonSchema, options: SchemaArbitraryOptions): fc.Arbitrary<unknown> {
  const { components, properties: own = {} } = options

  function arbitrary(node: Node): fc.Arbitrary<unknown> {
    if (node.$ref !== undefined) return arbitrary(components[node.$ref.split('/').at(-1) ?? ''] as Node)
    if ('const' in node) return fc.constant(node.const)
    if (node.enum) return fc.constantFrom(...node.enum)
    const forms = node.anyOf ?? node.oneOf
    if (forms) return fc.oneof(...forms.map(arbitrary))
    switch (node.type) {
      case 'object':
        return object(node)
      case 'array':
        return fc.array(arbitrary(node.items ?? {}), {
          minLength: node.minItems ?? 0,
          maxLength: Math.min(node.maxItems ?? 4, (node.minItems ?? 0) + 3),
        })
      case 'string':
        return text(node)
      case 'integer':
        return fc.integer({ min: node.minimum ?? -1_000, max: node.maximum ?? 1_000 })
      case 'number':
        return fc.double({ min: node.minimum ?? -1e6, max: node.maximum ?? 1e6, noNaN: true })
      case 'boolean':
        return fc.boolean()
      case 'null':
        return fc.constant(null)
      default:
        return fc.jsonValue({ maxDepth: 3 })
    }
  }

  function object({ properties = {}, required = [], additionalProperties }: Node): fc.Arbitrary<unknown> {
    const known = fc.record(
      Object.fromEntries(Object.entries(properties).map(([name, node]) => [name, own[name] ?? arbitrary(node)])),
      { requiredKeys: required },
    )
    if (typeof additionalProperties !== 'object' || Object.keys(properties).length > 0) return known
    return fc.dictionary(fc.string(), arbitrary(additionalProperties), { maxKeys: 3 })
  }

  return arbitrary(schema)
}

function text({ pattern, format, minLength = 0, maxLength = 40 }: Node): fc.Arbitrary<string> {
  const date = fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
  if (format === 'date-time') return date.map((moment) => moment.toISOString())
  if (format === 'date') return date.map((moment) => moment.toISOString().slice(0, 10))
  if (format === 'uri') return fc.webUrl()
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern))
  return fc.oneof(
    fc.string({ minLength, maxLength: Math.min(maxLength, minLength + 20) }),
    fc.string({ unit: 'grapheme', minLength, maxLength: Math.min(maxLength, minLength + 5) }),
  )
}
