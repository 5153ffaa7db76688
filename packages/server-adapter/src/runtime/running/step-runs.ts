import type { TaskError } from '@brandkit/core'
import { createCallContext } from '../../platform.js'
import { fromCheckpointKey } from '../../store/checkpoint-key.js'
import { generatorMistake } from '../plain-message.js'

interface StepRun {
  /** As the checkpoint is called; see `toCheckpointKey`. */
  key: string
  output: Promise<unknown>
  /** The runs whose outputs this run is waiting for. */
  waitsFor: Set<StepRun>
}

/** The innermost step run that the calling code belongs to. */
const innermost = createCallContext<StepRun>()

/** The runs of steps and items of one attempt. A step succeeds once; a failed step may run again. */
export interface StepRuns {
  /**
   * Gives the step's output. Runs the step unless it is running or has an output.
   *
   * @throws TaskError `internal_error` when the step waits for itself
   */
  get(key: string, run: () => Promise<unknown>): Promise<unknown>
}

/** @param outputs the outputs of earlier attempts, by step key */
export function createStepRuns(outputs: ReadonlyMap<string, unknown>): StepRuns {
  const known = new Map(outputs)
  const underWay = new Map<string, StepRun>()

  function start(key: string, run: () => Promise<unknown>): StepRun {
    const step: StepRun = { key, output: Promise.resolve(), waitsFor: new Set() }
    underWay.set(key, step)
    step.output = innermost.run(step, () => finish(step, run))
    return step
  }

  async function finish(step: StepRun, run: () => Promise<unknown>): Promise<unknown> {
    try {
      const output = await run()
      known.set(step.key, output)
      return output
    } finally {
      // Removed before the promise settles, so that a caller can retry as soon as it sees the failure.
      underWay.delete(step.key)
    }
  }

  return {
    async get(key, run) {
      if (known.has(key)) return known.get(key)
      const asking = innermost.getStore()
      const running = underWay.get(key)
      const circle = asking && running && findWay(running, asking)
      if (circle) throw waitsForItself(key, circle)
      const step = running ?? start(key, run)
      asking?.waitsFor.add(step)
      try {
        return await step.output
      } finally {
        asking?.waitsFor.delete(step)
      }
    },
  }
}

/** The chain of runs from `from` to `to`, each waiting for the next; null if `from` does not wait for `to`. */
function findWay(from: StepRun, to: StepRun): StepRun[] | null {
  if (from === to) return [from]
  for (const next of from.waitsFor) {
    const way = findWay(next, to)
    if (way) return [from, ...way]
  }
  return null
}

function waitsForItself(key: string, circle: readonly StepRun[]): TaskError {
  const way = [...circle.map((step) => nameOf(step.key)), nameOf(key)].join(' → ')
  return generatorMistake(
    `Step "${nameOf(key)}" waits for itself (${way}) and would never end. Call it outside of its own work.`,
  )
}

function nameOf(key: string): string {
  const { step, item } = fromCheckpointKey(key)
  return item === undefined ? step : `${step}: ${item}`
}
