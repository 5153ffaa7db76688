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
 * The definition of a task whose examples are taken, too: rules that span several fields are not known to the form of a
 * schema, so an example may break them.
 */
export function takingExamples(definition: TaskDefinition): TaskDefinition {
  const steps = Object.entries(definition.steps).map(([key, step]) => [
    key,
    step.output ? { ...step, output: takingExample(step.output) } : step,
  ])
  return {
    ...definition,
    result: takingExample(definition.result),
    steps: Object.fromEntries(steps) as TaskDefinition['steps'],
  }
}

function takingExample<S extends Schema>(schema: S): S {
  if (schema.safeParse(toExampleOf(schema)).success) return schema
  const example = JSON.stringify(toExampleOf(schema))
  const either = z.union([schema, z.custom((value) => JSON.stringify(value) === example)])
  examples.set(either, toExampleOf(schema))
  return either as unknown as S
}
