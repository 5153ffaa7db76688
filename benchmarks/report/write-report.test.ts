import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { BENCHES, LONG } from '../benches.ts'
import { describeMachine } from '../machine/describe-machine.ts'
import { toTable } from './markdown.ts'
import { replaceBetween, REPORT_PLACES, writeReport } from './write-report.ts'

describe('a report', () => {
  it('writes its numbers, its pictures and its part of the page', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'brandkit-report-'))
    const places = { page: join(folder, 'page.md'), plots: join(folder, 'plots'), results: join(folder, 'results') }
    await writeFile(places.page, '# Page\n\n<!-- bench:x -->\n\nold\n\n<!-- /bench:x -->\n\nmore\n')
    const conditions = describeMachine({ packages: ['vitest'] })
    const report = { conditions, settings: { size: 1 }, results: [1], markdown: toTable(['', 'n'], [['a', '1']]) }
    await writeReport('x', { ...report, plots: { 'x.svg': '<svg/>' } }, places)

    expect(await readFile(places.page, 'utf8')).toBe(
      '# Page\n\n<!-- bench:x -->\n\n|     | n   |\n| --- | --- |\n| a   | 1   |\n\n<!-- /bench:x -->\n\nmore\n',
    )
    expect(await readFile(join(places.plots, 'x.svg'), 'utf8')).toBe('<svg/>')
    expect(JSON.parse(await readFile(join(places.results, 'x.json'), 'utf8'))).toEqual({
      conditions,
      settings: { size: 1 },
      results: [1],
    })
  })

  const places = Object.entries(BENCHES).flatMap(([name, { longRun }]) => (longRun ? [name, name + LONG] : [name]))
  it.each(places)('of %s has its place in docs/benchmarks.md', async (name) => {
    const page = await readFile(REPORT_PLACES.page, 'utf8')
    expect(replaceBetween(page, { name, text: 'new' })).toContain('new')
  })

  it('refuses a page without its markers', () => {
    expect(() => replaceBetween('# Page', { name: 'x', text: '' })).toThrow('<!-- bench:x -->')
  })
})
