import type { TaskDefinition } from '@brandkit/core'
import { hashText } from '../../platform.js'
import type { GeneratorContext } from './generator.js'
import { createGeneratorSteps, type GeneratorSteps, type StepsOptions } from './generator-steps.js'
import { HandOut } from './hand-out.js'

/** Makes the context that the generator gets. Once `reports` are closed, its calls write nothing. */
export function createGeneratorContext(payload: unknown, options: StepsOptions): GeneratorContext<TaskDefinition> {
  const { attempt, reports, logger } = options
  const { task } = attempt
  const handOut = new HandOut()
  const tellRefusal = (error: unknown) => reports.tellRefusal(error)
  /** Made with the first step: many generators have none. */
  let steps: GeneratorSteps | undefined

  return {
    taskId: task.taskId,
    userId: task.userId,
    brandId: task.brandId,
    payload,
    attempt: task.attempt,
    traceId: task.traceId,
    signal: attempt.signal,
    logger,
    step: (key, run) =>
      handOut.whenDone(async () => {
        steps ??= createGeneratorSteps(options)
        return steps.run(key, run)
      }) as never,
    progress: (percent) => handOut.atOnce(() => reports.reportProgress(percent), tellRefusal),
    partial: (value) => handOut.atOnce(() => reports.reportPartial(value), tellRefusal),
    usage: (used) => handOut.atOnce(() => reports.reportUsage(used), tellRefusal),
    idempotencyKey: (step) => hashText(`${task.taskId}\n${step}`, 'hex'),
  }
}
