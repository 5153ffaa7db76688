import type { TaskDefinition } from '@brandkit/core'
import { describeIssues, toFieldIssues } from '../../field-issues.js'
import { encodeJson } from '../../store/encode-json.js'

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
    Object.entries(checkpoints).map(([step, output]) => {
      const schema = Object.hasOwn(steps, step) ? steps[step]?.output : undefined
      if (!schema)
        throw new TypeError(
          `checkpoints has "${step}", which the catalog lacks. Known steps: ${Object.keys(steps).join(', ')}.`,
        )
      const { success, error } = schema.safeParse(output)
      if (!success)
        throw new TypeError(
          `The checkpoint of "${step}" does not fit the catalog: ${describeIssues(toFieldIssues(error))}`,
        )
      return [step, encodeJson(output)]
    }),
  )
}
