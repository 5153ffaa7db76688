import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { isTest, literal } from './is-test.js'

const ROOT = join(import.meta.dirname, '..')
const page = await readFile(join(ROOT, 'docs/reliability.md'), 'utf8')
const rows = page.split('\n').filter((line) => /^\| \d+ /.test(line))
const [, endpoint = ''] = /\n## Hostile requests\n([\s\S]*?)\n## /.exec(page) ?? []
const items = endpoint
  .replaceAll(/\n {2,}/g, ' ')
  .split('\n')
  .filter((line) => line.startsWith('- '))

/**
 * A quoted sentence with its file, and the rows of `it.each` that are named before it: “a row”, “another” of “refuses %s”
 * (file).
 */
const proofs = [...rows, ...items].flatMap((line) =>
  [...line.matchAll(/((?:“[^”]+”,? (?:and )?)*)(?:of )?“([^”]+)” \(\[[^\]]+\]\(\.\.\/([^)]+)\)\)/g)].map(
    ([, cases = '', sentence = '', path = '']) => ({
      sentence,
      path,
      cases: [...cases.matchAll(/“([^”]+)”/g)].map(([, name = '']) => name),
    }),
  ),
)

describe('docs/reliability.md', () => {
  it('has a row with a proof for every failure', () => {
    const numbers = rows.map((row) => Number(/^\| (\d+)/.exec(row)?.[1]))
    expect(numbers).toEqual(Array.from({ length: 109 }, (_, index) => index + 1))
    expect(rows.filter((row) => !row.includes('“'))).toEqual([])
  })

  it('has a proof for each hostile request', () => {
    expect(items.length).toBeGreaterThan(10)
    expect(items.filter((item) => !item.includes('“'))).toEqual([])
  })

  it('quotes nothing that this test does not look at', () => {
    const quoted = [...rows, ...items].flatMap((line) => line.match(/“[^”]+”/g) ?? []).length
    expect(proofs.reduce((sum, { cases }) => sum + 1 + cases.length, 0)).toBe(quoted)
  })

  it.each(proofs)('names a test that is there: $sentence', async ({ sentence, path, cases }) => {
    const source = await readFile(join(ROOT, path), 'utf8')
    expect(isTest(source, sentence)).toBe(true)
    for (const name of cases) expect(source).toMatch(new RegExp(String.raw`\[\s*${literal(name)},`))
  })

  it('takes no sentence for a test that merely stands in the file', () => {
    const source =
      "it('is a test', () => {}) // 'is none'\nconst text = call('is another', 1)\nit.each([1])('is each', () => {})"
    expect(['is a test', 'is none', 'is another', 'is each'].filter((sentence) => isTest(source, sentence))).toEqual([
      'is a test',
      'is each',
    ])
  })
})
