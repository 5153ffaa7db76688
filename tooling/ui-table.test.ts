import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { isTest, literal } from './is-test.js'

const ROOT = join(import.meta.dirname, '..')
const page = await readFile(join(ROOT, 'docs/ui.md'), 'utf8')
const rows = page.split('\n').filter((line) => /^\| \d+\.\d+ /.test(line))
const proofs = rows.flatMap((row) =>
  [...row.matchAll(/“([^”]+)” \(\[[^\]]+\]\(\.\.\/([^)]+)\)\)/g)].map(([, sentence = '', path = '']) => ({
    sentence,
    path,
  })),
)

/** The name of a story: its `name`, or else its export in words: `BottomStart` is “Bottom Start”. */
const isStory = (source: string, name: string) =>
  new RegExp(String.raw`\bname: ${literal(name)}`).test(source) ||
  (/^[\w ]+$/.test(name) &&
    new RegExp(String.raw`export const ${name.replaceAll(' ', '')} = meta\.story\(`).test(source))

describe('docs/ui.md', () => {
  it('has a story or a test for every line', () => {
    expect(rows.length).toBeGreaterThan(30)
    expect(rows.filter((row) => !row.includes('“'))).toEqual([])
  })

  it('quotes nothing that this test does not look at', () => {
    const quoted = rows.flatMap((row) => row.match(/“[^”]+”/g) ?? []).length
    expect(proofs).toHaveLength(quoted)
  })

  it.each(proofs)('names a story or a test that is there: $sentence', async ({ sentence, path }) => {
    const source = await readFile(join(ROOT, path), 'utf8')
    const isThere = path.endsWith('.stories.tsx') ? isStory(source, sentence) : isTest(source, sentence)
    expect(isThere).toBe(true)
  })

  it('takes no name for a story that merely stands in the file', () => {
    const source = "// Offline\nexport const Dark = meta.story({ name: 'In the dark' })\nconst Light = 1"
    expect(['Offline', 'Dark', 'In the dark', 'Light'].filter((name) => isStory(source, name))).toEqual([
      'Dark',
      'In the dark',
    ])
  })
})
