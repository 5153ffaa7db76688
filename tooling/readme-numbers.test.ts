import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')
const readme = readFileSync(join(root, 'README.md'), 'utf8')
const benchmarks = readFileSync(join(root, 'docs/benchmarks.md'), 'utf8')

/** The cells of a table's rows, the head first. `from` is a text before the table. */
function tableAfter(page: string, from: string): string[][] {
  const [, table = ''] = /((?:^\|.*\|\n)+)/m.exec(page.slice(page.indexOf(from))) ?? []
  const rows = table.split('\n').filter((line) => line.startsWith('|') && !line.startsWith('| -'))
  return rows.map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  )
}

describe('the numbers of the README', () => {
  const [head = [], ...rows] = tableAfter(readme, '| whole lives of tasks')
  const [measures = [], ...contenders] = tableAfter(benchmarks, '### Instant')

  it.each(rows)('are those of the benchmarks: %s', (measure, ...cells) => {
    const column = measures.indexOf(measure)
    const measured = head.slice(1).map((name) => contenders.find(([contender]) => contender === name)?.[column])
    expect(cells).toEqual(measured)
  })

  it('has four measures of three contenders', () => {
    expect([rows.length, head.length - 1]).toEqual([4, 3])
  })

  it.each([
    ['Our React hooks add', 'ours with ky and eventsource-parser: the same three'],
    ['to a page, or', 'ours with ky and eventsource-parser: everything'],
    ['(`@trigger.dev/react-hooks@4.8.3`) add', '@trigger.dev/react-hooks@4.8.3: everything'],
  ])('gives the size after “%s” as measured', (words, row) => {
    const sizes = tableAfter(benchmarks, '<!-- bench:page-size -->')
    expect(readme).toContain(`${words} ${sizes.find(([name]) => name === row)?.[1]}`)
  })
})
