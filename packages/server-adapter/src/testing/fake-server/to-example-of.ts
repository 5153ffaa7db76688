import type { TaskDefinition } from '@brandkit/core'
import * as z from 'zod'
import { toExample } from './to-example.js'

type Schema = TaskDefinition['result']

/** An example for a schema, made once. */
export function toExampleOf(schema: Schema): unknown {
  const example = examples.get(schema) ?? toExample(schema.toJSONSchema({ unrepresentable: 'any' }))
  examples.set(schema, example)
  return structuredClone(example)
}

const examples = new WeakMap<Schema, unknown>()

/**
 * The same task type, whose schemas also accept their own examples. An example may break a pattern and a rule over several
 * fields, because `toExample` cannot know these.
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

/** A union would be shorter, but the issues of a union do not name the wrong field. */
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
