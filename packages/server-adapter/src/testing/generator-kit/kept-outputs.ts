import { isJsonObject, type TaskDefinition } from '@brandkit/core'
import { describeIssues, toFieldIssues } from '../../field-issues.js'
import { fromCheckpointKey, toCheckpointKey } from '../../store/checkpoint-key.js'
import { encodeJson } from '../../store/encode-json.js'
import { toStepLabel } from './generator-run.js'

/**
 * The given outputs as a store keeps them.
 *
 * @throws TypeError for a step that the catalog lacks and for an output that does not fit it
 */
export function assertCheckpoints(
  checkpoints: Readonly<Record<string, unknown>>,
  { steps }: TaskDefinition,
): Map<string, string> {
  return new Map(
    Object.entries(checkpoints).flatMap(([step, given]) => {
      const definition = Object.hasOwn(steps, step) ? steps[step] : undefined
      if (!definition)
        throw new TypeError(
          `checkpoints has "${step}", which the catalog lacks. Known steps: ${Object.keys(steps).join(', ')}.`,
        )
      if (definition.items && !isJsonObject(given))
        throw new TypeError(`The checkpoint of "${step}" must be an object: the outputs by the keys of their items.`)
      const outputs = definition.items ? Object.entries(given as object) : [[undefined, given] as const]
      return outputs.map(([item, output]): [string, string] => {
        const { success, error } = definition.output.safeParse(output)
        if (success) return [toCheckpointKey(step, item), encodeJson(output)]
        const name = toStepLabel(item === undefined ? { step } : { step, item })
        throw new TypeError(
          `The checkpoint of "${name}" does not fit the catalog: ${describeIssues(toFieldIssues(error))}`,
        )
      })
    }),
  )
}

/** Undoes `assertCheckpoints`. */
export function toStepOutputs(checkpoints: ReadonlyMap<string, string>): Record<string, unknown> {
  const outputs: Record<string, unknown> = {}
  for (const [key, text] of checkpoints) {
    const { step, item } = fromCheckpointKey(key)
    const output: unknown = JSON.parse(text)
    outputs[step] = item === undefined ? output : { ...(outputs[step] as object | undefined), [item]: output }
  }
  return outputs
}
