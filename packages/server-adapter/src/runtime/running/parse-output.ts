import { LIMITS, type TaskDefinition, TaskError } from '@brandkit/core'
import { describeIssues, toFieldIssues } from '../../field-issues.js'
import { keepData } from '../keep-data.js'

/** Parses the output of a step or an item by its schema. A later attempt reads the stored output with the same schema. */
export function parseOutput(
  { steps }: TaskDefinition,
  output: unknown,
  { step, item }: { step: string; item?: string },
): unknown {
  const schema = steps[step]?.output
  if (!schema) return undefined
  const name = item === undefined ? `Step "${step}"` : `Item "${item}" of step "${step}"`
  return keepData(output, {
    schema,
    limit: {
      what: `What ${name.replace(/^[SI]/, (letter) => letter.toLowerCase())} returned`,
      maxBytes: item === undefined ? LIMITS.resultBytes : LIMITS.itemBytes,
      code: 'result_unserializable',
    },
    unfit: (error) =>
      new TaskError(
        'result_invalid',
        `${name} returned something that does not fit the catalog: ${describeIssues(toFieldIssues(error))}`,
      ),
    unstable: (reason) =>
      new TaskError(
        'result_invalid',
        `The output schema of step "${step}" cannot read its own output: ${reason}. An output is parsed when it is stored and when a later attempt reads it, so move what transforms it into the step.`,
      ),
  }).data
}
