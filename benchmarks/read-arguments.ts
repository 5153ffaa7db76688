import { parseArgs } from 'node:util'
import type { BenchOptions } from './report/report.ts'

export interface BenchArguments {
  /** The benchmarks to run; all of them when empty. */
  names: string[]
  /** How large they are where that differs from the usual. */
  sizes: Omit<BenchOptions, 'log'>
  /** Only whole runs are written by themselves, because a table of a few tasks would look like a measurement. */
  isWhole: boolean
  write: boolean
  help: boolean
}

/**
 * Reads the arguments of `pnpm bench`.
 *
 * @param known the names of all benchmarks
 * @throws Error that names what cannot be: a benchmark, an option or its value
 */
export function readArguments(args: readonly string[], known: readonly string[]): BenchArguments {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      rounds: { type: 'string' },
      size: { type: 'string' },
      streams: { type: 'string' },
      rows: { type: 'string' },
      minutes: { type: 'string' },
      seconds: { type: 'string' },
      only: { type: 'string' },
      write: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  })
  const unknown = positionals.filter((name) => !known.includes(name))
  if (unknown.length > 0) {
    throw new Error(`There is no benchmark ${unknown.join(', ')}. There are ${known.join(', ')}.`)
  }
  return {
    names: positionals,
    sizes: {
      ...toNumber('rounds', values.rounds, isCount),
      ...toNumber('size', values.size ?? values.streams ?? values.rows, isCount),
      ...toNumber('seconds', values.seconds, isCount),
      ...toNumber('minutes', values.minutes, (minutes) => minutes > 0),
      ...(values.only !== undefined && { only: values.only.split(',') }),
    },
    isWhole: Object.values(values).every((value) => value === undefined),
    write: values.write ?? false,
    help: values.help ?? false,
  }
}

function toNumber(key: string, text: string | undefined, isRight: (number: number) => boolean) {
  if (text === undefined) return {}
  const number = Number(text)
  if (!isRight(number)) throw new Error(`--${key} cannot be "${text}".`)
  return { [key]: number }
}

const isCount = (number: number) => Number.isSafeInteger(number) && number > 0
