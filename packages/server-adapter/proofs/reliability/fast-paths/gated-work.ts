import { vi } from 'vitest'
import type { ReportGenerator } from '../../fixtures/sample-tasks.js'

/** A generator whose runs wait until the test ends them. */
export interface GatedWork {
  generator: ReportGenerator
  /** The names of the reports, in the order of their starts. */
  started: readonly string[]
  /** Ends the oldest run, and waits until so many runs have started. */
  endOne(startsThen: number): Promise<void>
  /** Waits until so many runs have started. */
  haveStarted(starts: number): Promise<void>
  /** Ends all runs, also later ones. */
  open(): void
}

export function createGatedWork(): GatedWork {
  const started: string[] = []
  const gates: (() => void)[] = []
  let isOpen = false
  const haveStarted = (starts: number) =>
    vi.waitFor(() => {
      if (started.length < starts) throw new Error(`Only ${started.join()} have started.`)
    })

  return {
    started,
    haveStarted,
    async generator({ payload }) {
      started.push(payload.name)
      if (!isOpen) await new Promise<void>((resolve) => gates.push(resolve))
      return { reportId: payload.name, pages: 1 }
    },
    async endOne(startsThen) {
      gates.shift()?.()
      await haveStarted(startsThen)
    },
    open() {
      isOpen = true
      for (const end of gates.splice(0)) end()
    },
  }
}

/** Reports thrice in one moment, and then makes a step. */
export const reporting: ReportGenerator = async ({ progress, step }) => {
  for (const percent of [10, 20, 30]) await progress(percent)
  await step('draft', () => [])
  return { reportId: 'r', pages: 1 }
}
