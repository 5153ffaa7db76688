import type { Generator } from '@brandkit/server-adapter'
import type { MediaPlanTask } from './generate-media-plan.ts'

type Context = Parameters<Generator<MediaPlanTask>>[0]

/** Does something first whenever a step really runs; a step that is given back from its checkpoint does not count. */
export function beforeEachStep(
  generate: Generator<MediaPlanTask>,
  before: (step: string, context: Context) => void,
): Generator<MediaPlanTask> {
  return (context) =>
    generate({
      ...context,
      step: (key, run) =>
        context.step(key, () => {
          before(key, context)
          return run()
        }),
    })
}
