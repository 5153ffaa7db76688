import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')

/** A fenced block of a page. */
export interface Fence {
  /** The page's path from the root of the repository. */
  page: string
  /** The line at which the block begins, from 1. */
  line: number
  /** What stands behind the opening backticks; may be empty. */
  language: string
  /** The name in the first line, such as `// server.ts`, `# fly.toml` or a CSS comment. */
  file: string | undefined
  /** The block, without the indentation that it has in a list. */
  source: string
}

/** Every page that people read. Decisions and changes are a history, so they may show what is no longer there. */
export const PAGES = globSync(['*.md', '{apps,benchmarks,examples,packages}/**/*.{md,mdx}', 'docs/**/*.md'], {
  cwd: root,
  exclude: (path) => /node_modules|decisions|CHANGELOG|\.reference|(^|\/)(dist|\.\w+)(\/|$)/.test(path),
}).toSorted()

const FENCE = /^( *)```(\S*)\n([\s\S]*?)^\1```$/gm
const SHELL = new Set(['bash', 'console', 'sh', 'shell', 'zsh'])
const FILE_NAME = /^(?:\/\/|#|\/\*) ([\w./[\]-]+\.\w+|Dockerfile)(?: \*\/)?$/

/** The fenced blocks of a page, in its order. */
export function readFences(page: string): Fence[] {
  const text = readPage(page)
  return [...text.matchAll(FENCE)].map(({ index, 1: indentation = '', 2: language = '', 3: block = '' }) => {
    const source = block.replaceAll(new RegExp(`^${indentation}`, 'gm'), '')
    const [firstLine = ''] = source.split('\n', 1)
    return {
      page,
      line: text.slice(0, index).split('\n').length,
      language,
      file: FILE_NAME.exec(firstLine)?.[1],
      source,
    }
  })
}

/** The commands of a page's shell blocks, in its order: each on one line, without the comment behind it. */
export function readCommands(page: string): string[] {
  const blocks = readFences(page).filter(({ language }) => SHELL.has(language))
  return blocks
    .flatMap(({ source }) => source.replaceAll(/ *\\\n */g, ' ').split('\n'))
    .map((line) => line.replace(/\s+# .*$/, '').trim())
    .filter((line) => line !== '')
}

export function readPage(page: string): string {
  return readFileSync(join(root, page), 'utf8')
}
