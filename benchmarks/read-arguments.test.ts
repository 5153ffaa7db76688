import { readCommands } from '@brandkit/tooling/read-fences'
import { describe, expect, it } from 'vitest'
import { BENCHES } from './benches.ts'
import { readArguments } from './read-arguments.ts'

const read = (line: string) => readArguments(line.split(' ').filter(Boolean), Object.keys(BENCHES))

describe('the arguments of a benchmark', () => {
  it('can be those of each command of docs/benchmarks.md', () => {
    const lines = readCommands('docs/benchmarks.md').map((command) => command.replace(/^npx -y \S+ bench ?/, ''))
    const { sizes } = read(lines[2] ?? '')
    expect(sizes).toEqual({ size: 20_000, seconds: 60, rounds: 5, only: ['ours-postgres'] })
    expect(
      lines.map(read).map(({ names, sizes: { size, minutes }, isWhole, write, help }) => ({
        names,
        size,
        minutes,
        isWhole,
        write,
        help,
      })),
    ).toEqual([
      { names: [], isWhole: true, write: false, help: false },
      { names: ['whole-life'], isWhole: true, write: false, help: false },
      { names: ['whole-life'], size: 20_000, isWhole: false, write: false, help: false },
      { names: ['large-tables'], size: 5_000_000, isWhole: false, write: true, help: false },
      { names: ['event-streams'], size: 10_000, isWhole: false, write: true, help: false },
      { names: ['held-snapshot'], minutes: 10, isWhole: false, write: true, help: false },
      { names: [], isWhole: false, write: false, help: true },
    ])
  })

  it.each([
    ['whole-live', 'There is no benchmark whole-live.'],
    ['whole-life --size many', '--size cannot be "many".'],
    ['whole-life --tasks 3', "Unknown option '--tasks'"],
  ])('are refused: %s', (line, message) => {
    expect(() => read(line)).toThrow(message)
  })
})
