import { isTerminal, type TaskHints } from '@brandkit/core'
import type { Estimates } from '../../runtime/estimating/estimates.js'
import type { Expectation, Expecting } from '../../runtime/estimating/expectation.js'

interface Amendments {
  /** Estimates of a test by task id. They replace the server's guesses. */
  hints: Readonly<Record<string, TaskHints>>
  pollAfterMs: number | undefined
}

/** The server's estimates, changed as a test wants. */
export function amendEstimates(estimates: Estimates, { hints, pollAfterMs }: Amendments): Estimates {
  function amend(tasks: readonly Expecting[], guess: Expectation): Expectation {
    const told = tasks.filter(({ taskId, status }) => hints[taskId] && !isTerminal(status))
    const amended = Object.fromEntries(told.map(({ taskId }) => [taskId, hints[taskId] ?? {}]))
    const pause = guess.pollAfterMs === undefined ? {} : { pollAfterMs: pollAfterMs ?? guess.pollAfterMs }
    return { ...guess, ...pause, hints: { ...guess.hints, ...amended } }
  }

  return {
    async expect(given) {
      const tasks = [...given]
      return amend(tasks, await estimates.expect(tasks))
    },
    expectAtOnce(given) {
      const tasks = [...given]
      return amend(tasks, estimates.expectAtOnce(tasks))
    },
  }
}
