import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parse as parseToml } from 'smol-toml'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { type Fence, PAGES, readFences, readPage } from './read-fences.js'

/**
 * Every block of code on every page is a whole file that a reader can paste: its first line is its name, and nothing can be
 * declared beside the text. TypeScript must compile against what the packages publish; their sources would be checked anew for
 * each catalog. Blocks of a page import each other, and the files of the first task (docs/start/backend.md) are there for the
 * pages that lead to it. What needs more than this workspace has, such as generated routes, the globals of Bun or Testing
 * Library, runs in a project of its own.
 */
const root = join(import.meta.dirname, '..')
// Inside the docs' app, because this workspace depends on all four packages and on every framework that a page names.
const folder = join(root, 'apps/docs/.snippets')

const FIRST_TASK = 'docs/start/backend.md'
const RUN_BY_CONSUMERS: Record<string, RegExp> = {
  'docs/frameworks/react-router.md': /./,
  'docs/frameworks/tanstack-start.md': /./,
  'docs/guide/testing.md': /^src\/StoryPage\.test\.tsx$/,
  'docs/frameworks/runtimes.md': /^(bun|deno)-server\.ts$/,
}

/** How a block of a language is read. The other languages are compiled, run elsewhere, or show what is printed. */
const LANGUAGES: Record<string, (source: string) => unknown> = {
  json: (source) => JSON.parse(source) as unknown,
  jsonc: () => undefined,
  toml: parseToml,
  yaml: (source) =>
    parseAllDocuments(source, { strict: true }).map((document): unknown => document.toJS({ merge: true })),
  ...Object.fromEntries(
    ['ts', 'tsx', 'bash', 'css', 'sql', 'dockerfile', 'text'].map((name) => [name, () => undefined]),
  ),
}
/** A part of an answer, or of what an operator types: it has no file. */
const NAMELESS = new Set(['bash', 'json', 'sql', 'text'])

const fences = PAGES.flatMap(readFences)
const snippets = fences
  .filter(({ page, language, file = '' }) => /^tsx?$/.test(language) && !RUN_BY_CONSUMERS[page]?.test(file))
  .map(({ page, line, file = `block-${line}.ts`, source }) => ({
    page,
    file,
    source,
    path: `${toFolder(page)}/${file}`,
  }))
const pages = [...new Set(snippets.map(({ page }) => page))]
const firstTask = snippets.filter(({ page }) => page === FIRST_TASK)
/** What pages may import from another one that they lead to. */
const shared = [
  ...firstTask,
  ...snippets.filter(({ page, file }) => page === 'docs/frameworks/next.md' && file === 'session.ts'),
]

/** Eight seconds of a core; a machine that does much else gives them late. */
const COMPILING_MS = 600_000

describe('a block on a page', () => {
  it('is found', () => {
    expect(fences.length).toBeGreaterThan(130)
    const written = PAGES.flatMap((page) => readPage(page).match(/^ *```\S/gm) ?? [])
    expect(fences).toHaveLength(written.length)
  })

  it('is in a language that is checked', () => {
    expect(fences.filter(({ language }) => !(language in LANGUAGES)).map(placeOf)).toEqual([])
  })

  it('is a whole file, whose first line is its name', () => {
    const nameless = fences.filter(({ language, file }) => file === undefined && !NAMELESS.has(language))
    expect(nameless.map(placeOf)).toEqual([])
  })

  it.each(fences)('is in the language that it names: $page:$line', ({ language, source }) => {
    expect(() => LANGUAGES[language]?.(source)).not.toThrow()
  })

  it('needs nothing that is hidden from a reader', () => {
    expect(PAGES.filter((page) => /<!--\s*snippet/.test(readPage(page)))).toEqual([])
  })

  it('imports only files of its own page, or those of the first task and the session by a page that leads there', () => {
    const names = new Set<string | undefined>(shared.map(({ file }) => file))
    for (const page of pages.filter((each) => each.startsWith('docs/') && each !== FIRST_TASK)) {
      const own = snippets.filter((snippet) => snippet.page === page)
      const imported = own.flatMap(({ source }) =>
        [...source.matchAll(/from '\.\/([\w-]+\.ts)'/g)].map(([, name]) => name),
      )
      const foreign = imported.filter((name) => !own.some(({ file }) => file === name))
      expect({ page, unknown: foreign.filter((name) => !names.has(name)) }).toEqual({ page, unknown: [] })
      const leads = foreign.length === 0 || /start\/backend\.md|frameworks\/next\.md/.test(readPage(page))
      expect(leads, `${page} imports ${foreign.join()} without a link to the first task`).toBe(true)
    }
  })
})

describe('the code of the pages', () => {
  let output = ''

  beforeAll(() => {
    rmSync(folder, { recursive: true, force: true })
    // A page that registers a catalog of its own would register it for all others, too.
    const registering = pages.filter((page) => page !== FIRST_TASK && registers(page))
    const docs = pages.filter((page) => !page.endsWith('README.md') && !registering.includes(page))
    for (const page of docs.filter((each) => each !== FIRST_TASK)) {
      for (const { page: from, path } of shared.filter((each) => each.page !== page)) {
        // A copy would be checked once for each page.
        write(path.replace(toFolder(from), toFolder(page)), `export * from '../${path}'\n`)
      }
    }
    for (const { path, source } of snippets) write(path, `${source}\nexport {}\n`)

    const readmes = pages.filter((page) => !docs.includes(page) && !registering.includes(page))
    const programs = [readmes, docs, ...registering.map((page) => [page])].map((each, at) => ({
      name: at === 0 ? 'tsconfig.json' : `tsconfig.${at}.json`,
      include: each.map(toFolder),
    }))
    for (const { name, include } of programs) {
      const file = join(folder, name)
      writeFileSync(file, JSON.stringify({ extends: '../tsconfig.snippets.json', include }))
      const tsc = join(root, 'tooling/node_modules/.bin/tsc')
      const { stdout, stderr } = spawnSync(tsc, ['--noEmit', '--checkers', '1', '--pretty', 'false', '-p', file], {
        encoding: 'utf8',
      })
      output += stdout + stderr
    }
  }, COMPILING_MS)

  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('is there', () => {
    expect(firstTask.map(({ file }) => file)).toContain('server.ts')
    expect(snippets.length).toBeGreaterThan(60)
    expect(existsSync(join(folder, 'tsconfig.json'))).toBe(true)
  })

  it.each(snippets)('compiles: $path', ({ path }) => {
    expect(output.split('\n').filter((line) => line.includes(`/${path}(`))).toEqual([])
  })

  it('raises no other complaint', () => {
    expect(output).toBe('')
  })
})

function write(path: string, source: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), source)
}

const registers = (page: string) =>
  snippets.some((snippet) => snippet.page === page && snippet.source.includes('interface Register'))

const placeOf = ({ page, line }: Fence) => `${page}:${line}`

function toFolder(page: string): string {
  return page.replace(/\.mdx?$/, '').replaceAll(/\W/g, '-')
}
