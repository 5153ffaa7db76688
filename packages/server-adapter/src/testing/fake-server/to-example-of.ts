import type { TaskDefinition } from '@brandkit/core'
import * as z from 'zod'
import { toExample } from './to-example.js'

type Schema = TaskDefinition['result']

/** The example that a schema's form gives, made once. */
export function toExampleOf(schema: Schema): unknown {
  const example = examples.get(schema) ?? toExample(schema.toJSONSchema({ unrepresentable: 'any' }))
  examples.set(schema, example)
  return structuredClone(example)
}

const examples = new WeakMap<Schema, unknown>()

/**
 * The definition of a task whose examples are taken, too: patterns and rules that span several fields are not known to the
 * form of a schema, so an example may break them.
 */
export function takingExamples(definition: TaskDefinition): TaskDefinition {
  const steps = Object.entries(definition.steps).map(([key, step]) => [
    key,
    step.output ? { ...step, output: takingExample(step.output) } : step,
  ])
  return {
    ...definition,
    payload: takingExample(definition.payload),
    result: takingExample(definition.result),
    steps: Object.fromEntries(steps) as TaskDefinition['steps'],
  }
}

/** Not a union, whose issues would not say which field is wrong. */
function takingExample<S extends Schema>(schema: S): S {
  const example = toExampleOf(schema)
  if (schema.safeParse(example).success) return schema
  const text = JSON.stringify(example)
  const either = z.unknown().transform((value, context): unknown => {
    if (JSON.stringify(value) === text) return value
    const { data, error } = schema.safeParse(value)
    for (const issue of error?.issues ?? []) context.issues.push({ ...issue, input: value } as z.core.$ZodRawIssue)
    return data
  })
  return either as unknown as S
}
