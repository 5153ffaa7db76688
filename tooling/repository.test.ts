import { existsSync, globSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { addressOf } from '@brandkit/tooling/package-metadata'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const manifest = (path: string) =>
  JSON.parse(read(path)) as Record<string, unknown> & { scripts: Record<string, string> }

/** The manifest as pnpm packs it. */
const { hooks } = (await import(join(root, '.pnpmfile.mjs'))) as {
  hooks: { beforePacking(manifest: { exports: unknown }): { exports: Record<string, unknown> } }
}

const PACKAGES = globSync('packages/*/package.json', { cwd: root }).map((path) => dirname(path))
/** A link to a file of this repository, as pages that are also read on npm have it. */
const OUR_FILE = new RegExp(`^${addressOf(manifest('package.json'))}/(?:blob|tree|raw)/main/(.*)$`)
const PAGES = globSync(
  ['*.md', 'docs/**/*.md', 'packages/*/README.md', 'apps/*/README.md', 'examples/{,*/}README.md'],
  { cwd: root },
)

describe('the lockfile', () => {
  it('names no host, so that it installs from whatever registry a machine uses', () => {
    expect(read('pnpm-lock.yaml')).not.toMatch(/https?:\/\//)
  })
})

describe('a release', () => {
  it('gives all packages one version', () => {
    const { fixed } = JSON.parse(read('.changeset/config.json')) as { fixed: string[][] }
    expect(fixed.map((names) => names.toSorted())).toEqual([
      PACKAGES.map((folder) => String(manifest(`${folder}/package.json`)['name'])).toSorted(),
    ])
  })
})

describe('the pages', () => {
  it('name only scripts that exist', () => {
    const scripts = Object.keys(manifest('package.json').scripts)
    const named = PAGES.flatMap((page) =>
      [...read(page).matchAll(/(?:^|&&) *p?npm (?:run ([\w:-]+)|(start|test))\b/gm)].map(
        ([, script, short]) => script ?? short,
      ),
    )
    expect(named).toEqual(expect.arrayContaining(['start', 'test']))
    expect(scripts).toEqual(expect.arrayContaining(named))
  })

  it('link only to files and headings that exist', () => {
    const broken: string[] = []
    for (const page of PAGES) {
      for (const [, target = ''] of read(page).matchAll(/\]\(([^)\s]+)\)/g)) {
        const full = OUR_FILE.exec(target)?.[1]
        if (full === undefined && /^(https?|mailto):/.test(target)) continue
        const [path = '', heading] = (full ?? target).split('#')
        const near = path ? join(dirname(page), path) : page
        const file = full === undefined ? near : path
        if (!existsSync(join(root, file))) broken.push(`${page} → ${target}`)
        else if (heading && !headingsOf(file).includes(heading)) broken.push(`${page} → ${target}`)
      }
    }
    expect(broken).toEqual([])
  })
})

describe('the messages of our programs', () => {
  it('send people only to pages that exist', () => {
    const sources = globSync(['packages/*/src/**/*.{ts,tsx}', 'apps/*/{src,server}/**/*.{ts,tsx}'], { cwd: root })
    const named = sources.flatMap((file) => read(file).match(/\bdocs\/[\w/-]+\.md\b/g) ?? [])
    expect(named).toContain('docs/deploy/migrations.md')
    expect(named.filter((page) => !existsSync(join(root, page)))).toEqual([])
  })
})

describe('the examples', () => {
  const folders = new Set(globSync('examples/*/package.json', { cwd: root }).map((path) => basename(dirname(path))))

  it('are the rows of the table of their README', () => {
    const rows = [...read('examples/README.md').matchAll(/^\| \[([\w-]+)\]\(([\w-]+)\) /gm)]
    expect(new Set(rows.map(([, name]) => name))).toEqual(folders)
    expect(new Set(rows.map(([, , link]) => link))).toEqual(folders)
    expect(rows).toHaveLength(folders.size)
  })

  it('are all named by the README of the repository', () => {
    const [, cell = ''] = /\[examples\]\(examples\/README\.md\):([^|]*)\|/.exec(read('README.md')) ?? []
    expect(new Set([...cell.matchAll(/`([\w-]+)`/g)].map(([, name]) => name))).toEqual(folders)
  })
})

describe('the eight answers for a newcomer', () => {
  const section = /^## Where to look$([\s\S]*?)^## /m.exec(read('CONTRIBUTING.md'))?.[1] ?? ''
  const answers = [...section.matchAll(/^\| ([^|]*?\?) +\| \[[^\]]+\]\(([^)]+)\) +\| `([^`]+)` +\|$/gm)]

  it('are eight', () => {
    expect(answers).toHaveLength(8)
  })

  it.each(answers.map(([, question = '', file = '', line = '']) => ({ question, file, line })))(
    '$question',
    ({ file, line }) => {
      expect(read(file)).toContain(line)
    },
  )
})

describe.each(PACKAGES)('%s', (folder) => {
  it('has a README of at least 15 lines', () => {
    expect(existsSync(join(root, folder, 'README.md'))).toBe(true)
    expect(read(`${folder}/README.md`).trimEnd().split('\n').length).toBeGreaterThanOrEqual(15)
  })

  it('states its licence and what it publishes', () => {
    expect(manifest(`${folder}/package.json`)).toMatchObject({
      license: 'MIT',
      description: expect.stringMatching(/.{20,}/),
      files: expect.arrayContaining(['dist']),
      publishConfig: { access: 'public' },
    })
  })

  it('publishes no entry that points at sources', () => {
    const { exports } = manifest(`${folder}/package.json`) as { exports?: object }
    expect(JSON.stringify(exports)).toContain('/src/')
    const published = hooks.beforePacking({ exports })
    expect(JSON.stringify(published.exports)).not.toContain('/src/')
    expect(Object.keys(published.exports)).toEqual(Object.keys(exports ?? {}))
  })
})

/** GitHub's rule for the anchor of a heading. */
function headingsOf(file: string): string[] {
  return [...read(file).matchAll(/^#+ (.+)$/gm)].map(([, text = '']) =>
    text
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(' ', '-'),
  )
}
