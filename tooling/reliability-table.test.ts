import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '..')
const table = await readFile(join(ROOT, 'docs/reliability.md'), 'utf8')
const rows = table.split('\n').filter((line) => /^\| \d+ /.test(line))
const proofs = rows.flatMap((row) =>
  [...row.matchAll(/“([^”]+)” \(\[[^\]]+\]\(\.\.\/([^)]+)\)\)/g)].map(([, sentence = '', path = '']) => ({
    sentence,
    path,
  })),
)

describe('docs/reliability.md', () => {
  it('has a row with a proof for every failure of the server, and says which has none', () => {
    const numbers = rows.map((row) => Number(/^\| (\d+)/.exec(row)?.[1]))
    const expected = [...Array.from({ length: 25 }, (_, index) => index + 1), 34, 35, 37, 38, 39, 40, 41, 42]
    expect(numbers).toEqual(expected)
    expect(rows.filter((row) => !row.includes('“'))).toEqual([])
    expect(table).toContain('Row 36')
  })

  it.each(proofs)('names a test that is there: $sentence', async ({ sentence, path }) => {
    expect(await readFile(join(ROOT, path), 'utf8')).toContain(sentence)
  })
})
