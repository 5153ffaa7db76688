import { spawnSync } from 'node:child_process'
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

/**
 * Every ```ts and ```tsx block of a README, a SKILL.md or a page of the docs is a module and must compile against what the
 * packages publish; their sources would be checked anew for each catalog. A block whose first line is its file name,
 * `// server.ts`, stands under that name, so that other blocks of the page import it. The files of the first task
 * (docs/start/backend.md) are there for every page of the docs. A block after `<!-- snippet: skip -->` is an outline, not code.
 */
const root = join(import.meta.dirname, '..')
// Inside the docs' app, because this workspace depends on all four packages and on every framework that a page names.
const folder = join(root, 'apps/docs/.snippets')

const BLOCK = /(<!-- snippet: skip -->\s*)?^```(tsx?)\n([\s\S]*?)^```/gm
const FILE_NAME = /^\/\/ ([\w./[\]-]+\.tsx?)$/m
const FIRST_TASK = 'docs/start/backend.md'
const pages = globSync(['README.md', 'packages/*/{README,SKILL}.md', 'docs/*/*.md'], {
  cwd: root,
  exclude: (path) => path.includes('decisions'),
})

interface Snippet {
  page: string
  file: string
  source: string
}

const snippets = pages.flatMap((page): Snippet[] =>
  [...readFileSync(join(root, page), 'utf8').matchAll(BLOCK)]
    .filter(([, isOutline]) => isOutline === undefined)
    .map(([, , kind = 'ts', code = ''], at) => {
      const [firstLine = ''] = code.split('\n', 1)
      const name = FILE_NAME.exec(firstLine)?.[1] ?? `block-${at + 1}.${kind}`
      return { page, file: `${toFolder(page)}/${name}`, source: `${code}\nexport {}\n` }
    }),
)
const firstTask = snippets.filter(({ page, file }) => page === FIRST_TASK && !file.includes('/block-'))

/** Eight seconds of a core; a machine that does much else gives them late. */
const COMPILING_MS = 600_000

describe('the code of READMEs and docs', () => {
  let output = ''

  beforeAll(() => {
    rmSync(folder, { recursive: true, force: true })
    // A page that registers a catalog of its own would register it for all others, too.
    const registering = pages.filter((page) => page !== FIRST_TASK && registers(page))
    const docs = pages.filter((page) => !page.endsWith('README.md') && !registering.includes(page))
    for (const page of docs.filter((each) => each !== FIRST_TASK)) {
      for (const { file } of firstTask) {
        // A copy would be checked once for each page.
        write(file.replace(toFolder(FIRST_TASK), toFolder(page)), `export * from '../${file}'\n`)
      }
    }
    for (const { file, source } of snippets) write(file, source)

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
    expect(firstTask.map(({ file }) => file)).toContainEqual(expect.stringMatching(/server\.ts$/))
    expect(snippets.length).toBeGreaterThan(60)
    expect(existsSync(join(folder, 'tsconfig.json'))).toBe(true)
  })

  it('is in whole files: a reader sees all that they need', () => {
    const first = pages.filter((page) => page.endsWith('README.md') || page.startsWith('docs/start/'))
    expect(first.filter((page) => readFileSync(join(root, page), 'utf8').includes('<!-- snippet'))).toEqual([])
    const nameless = snippets.filter(({ page, file }) => first.includes(page) && file.includes('/block-'))
    expect(nameless.map(({ file }) => file)).toEqual([])
  })

  it.each(snippets)('compiles: $file', ({ file }) => {
    expect(output.split('\n').filter((line) => line.includes(`/${file}(`))).toEqual([])
  })

  it('raises no other complaint', () => {
    expect(output).toBe('')
  })
})

function write(file: string, source: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true })
  writeFileSync(join(folder, file), source)
}

const registers = (page: string) =>
  snippets.some((snippet) => snippet.page === page && snippet.source.includes('interface Register'))

function toFolder(page: string): string {
  return page.replace(/\.md$/, '').replaceAll(/\W/g, '-')
}
