import type { TaskDefinition } from '@brandkit/core'
import { hashText } from '../../platform.js'
import { toCheckpointKey } from '../../store/checkpoint-key.js'
import { generatorMistake } from '../plain-message.js'
import type { GeneratorContext } from './generator.js'
import { createGeneratorSteps, type GeneratorSteps, type StepsOptions } from './generator-steps.js'
import { HandOut } from './hand-out.js'
import type { MapOptions, StepFunction } from './step-function.js'

/** Makes the context that the generator gets. Once `reports` are closed, its calls write nothing. */
export function createGeneratorContext(
  payload: unknown,
  options: StepsOptions & Pick<GeneratorContext<TaskDefinition>, 'previous'>,
): GeneratorContext<TaskDefinition> {
  const { attempt, reports, logger, waits } = options
  const { task } = attempt
  const handOut = new HandOut()
  const tellRefusal = (error: unknown) => reports.tellRefusal(error)

  const partial = (value: unknown) => handOut.atOnce(() => reports.reportPartial(value), tellRefusal)
  partial.append = (text: string) => handOut.atOnce(() => reports.appendText(text), tellRefusal)

  return {
    taskId: task.taskId,
    userId: task.userId,
    brandId: task.brandId,
    payload,
    previous: options.previous,
    attempt: task.attempt,
    traceId: task.traceId,
    signal: attempt.signal,
    logger,
    step: createStepFunction(handOut, options),
    progress: (percent) => handOut.atOnce(() => reports.reportProgress(percent), tellRefusal),
    partial,
    keptText: attempt.keptText,
    usage: (used) => handOut.atOnce(() => reports.reportUsage(used), tellRefusal),
    provider: (name, asked) =>
      handOut.whenDone(() => (waits ? waits.take(name, asked?.tokens ?? 0) : refuseProvider(name))),
    idempotencyKey: (step, item) => hashText(`${task.keysOf ?? task.taskId}\n${toCheckpointKey(step, item)}`, 'hex'),
  }
}

type Work = () => unknown

function createStepFunction(handOut: HandOut, options: StepsOptions): StepFunction<TaskDefinition> {
  /** Made with the first step: many generators have none. */
  let made: GeneratorSteps | undefined
  const steps = () => (made ??= createGeneratorSteps(options))

  const step = (key: string, ...rest: [work: Work] | [item: string, work: Work]) =>
    handOut.whenDone(async () =>
      rest.length === 1 ? steps().run(key, rest[0]) : steps().runItem(key, rest[0], rest[1]),
    )
  step.map = <Item>(key: string, items: readonly Item[], mapOptions: MapOptions<Item>, work: (item: Item) => unknown) =>
    handOut.whenDone(async () => steps().map(key, items, mapOptions, work))
  return step
}

async function refuseProvider(name: string): Promise<never> {
  throw generatorMistake(
    `provider("${name}"): the server has no provider budgets. Give limits: { providers: { ${name}: { requestsPerMinute: 60 } } }.`,
  )
}
