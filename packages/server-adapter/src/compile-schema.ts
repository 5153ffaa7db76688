import * as z from 'zod'

const compiled = new WeakMap<z.ZodType, z.ZodType>()
const compiledPlain = new WeakMap<z.ZodType, z.ZodType | null>()

/**
 * The same schema with a parser in front that zod generates when the schema is first used: a tenth of the time for values that
 * fit. Others are parsed again by the schema itself, which makes the issues. The schema stays as it is where code may not be
 * generated, for recursive schemas, and for schemas of another copy of zod, which ours may not understand.
 */
export function compileSchema<S extends z.ZodType>(schema: S): S {
  let made = compiled.get(schema)
  if (!made) {
    made = canBeCompiled(schema) ? z.compile(schema) : schema
    compiled.set(schema, made)
  }
  return made as S
}

/**
 * `compileSchema` for a schema that surely is synchronous, since it holds no function that could give a promise; `null` for
 * any other schema.
 */
export function compilePlainSchema(schema: z.ZodType): z.ZodType | null {
  let made = compiledPlain.get(schema)
  if (made === undefined) {
    made = isPlain(schema, new Set()) ? compileSchema(schema) : null
    compiledPlain.set(schema, made)
  }
  return made
}

// oxlint-disable no-underscore-dangle -- zod's door for libraries

function canBeCompiled(schema: z.ZodType): boolean {
  const { major, minor, patch } = z.core.version
  const other = schema._zod.version
  return z.core.util.allowsEval.value && other.major === major && other.minor === minor && other.patch === patch
}

/** The types of schemas, and below of checks, whose code is zod's. What a `default` or a `catch` gives is never waited for. */
const PLAIN_TYPES: ReadonlySet<string> = new Set(
  [
    'string number int boolean bigint null undefined any unknown never void date nan enum literal template_literal',
    'object record array tuple map set union intersection',
    'nullable optional nonoptional default prefault catch pipe readonly',
  ].flatMap((names) => names.split(' ')),
)
const PLAIN_CHECKS: ReadonlySet<string> = new Set(
  [
    'less_than greater_than multiple_of number_format bigint_format string_format overwrite',
    'min_length max_length length_equals min_size max_size size_equals',
  ].flatMap((names) => names.split(' ')),
)

type Schema = z.core.$ZodType

/** The parts of all definitions together. */
interface Definition {
  type: string
  shape?: Readonly<Record<string, Schema>>
  items?: readonly Schema[]
  options?: readonly Schema[]
  catchall?: Schema
  element?: Schema
  rest?: Schema | null
  keyType?: Schema
  valueType?: Schema
  left?: Schema
  right?: Schema
  innerType?: Schema
  in?: Schema
  out?: Schema
  checks?: readonly z.core.$ZodCheck[]
  /** The code of a string format, and of a codec. */
  fn?: unknown
  transform?: unknown
}

function isPlain(schema: Schema, seen: Set<Schema>): boolean {
  if (seen.has(schema)) return true
  seen.add(schema)
  const definition = schema._zod.def as Definition
  const { type, shape = {}, items = [], options = [], checks = [], fn, transform } = definition
  if (!PLAIN_TYPES.has(type) || fn !== undefined || transform !== undefined) return false
  if (!checks.every(({ _zod: { def } }) => PLAIN_CHECKS.has(def.check) && !('fn' in def))) return false
  const { catchall, element, rest, keyType, valueType, left, right, innerType, in: input, out } = definition
  const single = [catchall, element, rest, keyType, valueType, left, right, innerType, input, out]
  return [...Object.values(shape), ...items, ...options, ...single].every((part) => !part || isPlain(part, seen))
}
