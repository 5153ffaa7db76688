import { type brandTasks, FatalTaskError, RetryableTaskError } from '@brandkit/core'
import type { Generators } from '@brandkit/server-adapter'
import { beforeEachStep } from '../generators/before-each-step.ts'

export const ARMED_FAULTS = ['fail once', 'fail'] as const
export type ArmedFault = (typeof ARMED_FAULTS)[number]

type BrandGenerators = Required<Generators<typeof brandTasks>>

/** Faults that the trace drawer asked for. Each waits for the next step of its task in this process. */
export interface ArmedFaults {
  arm(taskId: string, fault: ArmedFault): void
  /** Wraps generators so that their steps throw when a fault is armed for their task. */
  wrap(generators: BrandGenerators): BrandGenerators
}

export function createArmedFaults(): ArmedFaults {
  const armed = new Map<string, ArmedFault>()

  function throwArmed(taskId: string): void {
    const fault = armed.get(taskId)
    armed.delete(taskId)
    if (fault === 'fail')
      throw new FatalTaskError('Somebody asked for a failure in the trace drawer. Click "Try again" for a new attempt.')
    if (fault === 'fail once')
      throw new RetryableTaskError('Somebody asked this attempt to fail. The next one goes on after the last step.')
  }

  return {
    arm: (taskId, fault) => void armed.set(taskId, fault),
    wrap(generators) {
      const wrapped = Object.entries(generators).map(([type, generate]) => [
        type,
        beforeEachStep(generate as BrandGenerators['GENERATE_MEDIA_PLAN'], (_step, { taskId }) => throwArmed(taskId)),
      ])
      return Object.fromEntries(wrapped) as BrandGenerators
    },
  }
}
