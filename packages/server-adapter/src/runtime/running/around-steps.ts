import type { GeneratorSteps } from './generator-steps.js'
import type { StepFunction } from './step-function.js'

/** The step whose work is about to run, and the item if it has items. */
export interface StepName {
  step: string
  item?: string
}

/**
 * The same `context.step`, whose work passes through a function of yours: for generators that wrap another, to log, to trace or
 * to count. Stored outputs do not pass, because their work does not run.
 *
 * @example
 * const timed: Generator<D> = (context) =>
 *   generate({ ...context, step: aroundSteps(context.step, (work, { step }) => timer.measure(step, work)) })
 */
export function aroundSteps<D>(
  step: StepFunction<D>,
  around: (work: () => unknown, name: StepName) => unknown,
): StepFunction<D> {
  const call = step as unknown as LooseStep
  const decorated = (...input: [key: string, work: Work] | [key: string, item: string, work: Work]) => {
    if (input.length === 2) return call(input[0], () => around(input[1], { step: input[0] }))
    const [key, item, work] = input
    return call(key, item, () => around(work, { step: key, item }))
  }
  const map: LooseStep['map'] = (key, items, options, work) =>
    call.map(key, items, options, (item) => around(() => work(item), { step: key, item: options.key(item) }))
  decorated.map = map
  return decorated as unknown as StepFunction<D>
}

type Work = () => unknown

/** The step function without the types of a catalog. */
interface LooseStep {
  (...input: [key: string, work: Work] | [key: string, item: string, work: Work]): Promise<unknown>
  map: GeneratorSteps['map']
}
