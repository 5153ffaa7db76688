import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const folder = import.meta.dirname
const ENTRIES = ['styles.css', 'operations.css']
const files = globSync('**/*.css', { cwd: folder }).filter((path) => !ENTRIES.includes(path))
const read = (path: string) => readFileSync(join(folder, path), 'utf8').replaceAll(/\/\*[\s\S]*?\*\//g, '')

describe('the stylesheet', () => {
  it('imports every file', () => {
    const source = ENTRIES.map((entry) => readFileSync(join(folder, entry), 'utf8')).join('')
    const imported = [...source.matchAll(/@import '\.\/([^']+)'/g)]
    expect(new Set(imported.map(([, path]) => path))).toEqual(new Set(files))
  })

  it.each(files)('is one layer: %s', (path) => {
    expect(read(path).trim()).toMatch(/^@layer brandkit \{[\s\S]*\}$/)
    expect(read(path).match(/@layer/g)).toHaveLength(1)
  })

  // A registered property has no `initial` that makes `var()` take its second value, as tools that replace light-dark() need.
  it.each(files)('registers no property: %s', (path) => {
    expect(read(path)).not.toContain('@property')
  })

  it.each(files)('knows no left and right: %s', (path) => {
    expect(read(path).match(/[^-\w](?:(?:margin|padding|border)-(?:left|right)|left|right)\s*:/g)).toBeNull()
    expect(read(path)).not.toMatch(/text-align:\s*(?:left|right)/)
  })

  it.each(files)('reads tokens by the names that the dock gives them: %s', (path) => {
    const defined = [...read('tokens.css').matchAll(/(--_[\w-]+):/g)].map(([, name]) => name)
    const used = [...read(path).matchAll(/var\((--_[\w-]+)/g)].map(([, name]) => name)
    expect(defined).toEqual(expect.arrayContaining(used))
  })
})
