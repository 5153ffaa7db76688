import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { PAGES, readCommands } from '../read-fences.js'
import { PAGE_COMMANDS } from './page-commands.js'

const root = join(import.meta.dirname, '../..')

const byFile = Object.entries(PAGE_COMMANDS).flatMap(([page, proofs]) =>
  Object.entries(proofs).flatMap(([command, proof]) => ('by' in proof ? [{ page, command, ...proof }] : [])),
)

describe('the list of commands', () => {
  it('has each command of each page, and no other', () => {
    const found = PAGES.map((page) => [page, readCommands(page)] as const).filter(([, commands]) => commands.length > 0)
    expect(found.length).toBeGreaterThan(20)
    const listed = Object.entries(PAGE_COMMANDS).map(([page, proofs]) => [page, Object.keys(proofs)])
    expect(Object.fromEntries(listed)).toEqual(Object.fromEntries(found))
  })

  it('names files that exist', () => {
    expect(byFile.filter(({ by }) => !existsSync(join(root, by))).map(({ by }) => by)).toEqual([])
  })

  it('names files that read the page, or have the command', () => {
    const silent = byFile.filter(({ page, command, by, through }) => {
      const source = readFileSync(join(root, by), 'utf8')
      // A guide is called by its path inside docs/, without its ending.
      const signs = through === undefined ? [page, `'${page.replaceAll(/^docs\/|\.md$/g, '')}'`, command] : [through]
      return !signs.some((sign) => source.includes(sign))
    })
    expect(silent.map(({ page, command, by }) => `${by} does not know of ${page}: ${command}`)).toEqual([])
  })
})
