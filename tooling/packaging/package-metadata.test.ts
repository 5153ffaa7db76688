import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { addressOf, wantedFiles } from '@brandkit/tooling/package-metadata'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')

describe('the metadata of the packages', () => {
  it.each([...wantedFiles()])('is what the root says, or `pnpm run metadata` writes it: %s', (path, wanted) => {
    expect(read(path)).toBe(wanted)
  })

  it('takes the address in each form that npm knows', () => {
    const forms = ['https://github.com/a/b', 'git+https://github.com/a/b.git', { url: 'https://github.com/a/b.git' }]
    expect(forms.map((repository) => addressOf({ repository }))).toEqual(Array(3).fill('https://github.com/a/b'))
    expect(() => addressOf({ repository: 'a/b' })).toThrow('write it as https://github.com/owner/name')
  })
})
