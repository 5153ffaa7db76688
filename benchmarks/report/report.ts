import type { Conditions } from '../machine/describe-machine.ts'

/** What a benchmark leaves behind. */
export interface Report {
  conditions: Conditions
  /** Sizes of the run. */
  settings: Record<string, unknown>
  /** Every number that was measured, round by round. */
  results: unknown
  /** What docs/benchmarks.md shows of it, between the markers of this benchmark. */
  markdown: string
  /** Pictures beside it, by the name of their file. */
  plots: Record<string, string>
}

export interface BenchOptions {
  /** How many rounds; every contender has its turn in each. */
  rounds?: number
  /** How many tasks, streams, rows or changes. */
  size?: number
  /** Longest time of creating, in seconds. */
  seconds?: number
  /** Length of each run of `held-snapshot`. */
  minutes?: number
  /** Only these contenders. */
  only?: readonly string[]
  /** Called with each number as soon as it is known. */
  log: (line: string) => void
}

/** One benchmark, found by its name: `pnpm bench whole-life`. */
export interface Bench {
  /** One line for `pnpm bench --help`. */
  title: string
  /** Sizes of a run that takes too long for every time. Its report has a place of its own, which shorter runs leave alone. */
  longRun?: string
  run(options: BenchOptions): Promise<Report>
}
