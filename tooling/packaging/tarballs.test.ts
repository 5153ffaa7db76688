import { execFileSync } from 'node:child_process'
import { globSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { addressOf } from '@brandkit/tooling/package-metadata'
import { afterAll, describe, expect, it } from 'vitest'

/** What `test:package` of each package has packed, as it would be published. */
const root = join(import.meta.dirname, '../..')
const read = (...path: string[]) => readFileSync(join(...path), 'utf8')
const address = addressOf(JSON.parse(read(root, 'package.json')) as Record<string, unknown>)
const unpacked = mkdtempSync(join(tmpdir(), 'brandkit-tarballs-'))
afterAll(() => rmSync(unpacked, { recursive: true, force: true }))

const packages = globSync('packages/*/.pack/package.tgz', { cwd: root }).map((tarball) => {
  const folder = dirname(dirname(tarball))
  execFileSync('tar', ['-xzf', join(root, tarball), '-C', unpacked])
  const content = join(unpacked, basename(folder))
  renameSync(join(unpacked, 'package'), content)
  return { folder, content }
})

it('has all public packages before it', () => {
  const names = packages.map(({ folder }) => folder)
  expect(names.toSorted()).toEqual(globSync('packages/*', { cwd: root }).toSorted())
})

describe.each(packages)('the tarball of $folder', ({ folder, content }) => {
  const files = globSync('**', { cwd: content, withFileTypes: true }).filter((entry) => entry.isFile())
  const maps = files.filter(({ name }) => name.endsWith('.map')).map(({ parentPath, name }) => join(parentPath, name))

  it('has the licence', () => {
    expect(read(content, 'LICENSE')).toBe(read(root, 'LICENSE'))
  })

  it('says where it comes from, and takes its siblings in the version that belongs to it', () => {
    const manifest = JSON.parse(read(content, 'package.json')) as Record<string, unknown>
    expect(manifest).toMatchObject({
      repository: { type: 'git', url: `git+${address}.git`, directory: folder },
      homepage: `${address}/tree/main/${folder}#readme`,
      bugs: `${address}/issues`,
      keywords: expect.arrayContaining(['background-tasks']),
    })
    expect(JSON.stringify(manifest)).not.toMatch(/"(workspace|catalog|link|file):/)
  })

  it('links from its pages only to whole addresses', () => {
    const pages = ['README.md', 'SKILL.md'].map((page) => read(content, page))
    const links = [...pages.join('\n').matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target)
    expect(links).toContainEqual(expect.stringContaining(address))
    expect(links.filter((target) => !/^(https:\/\/|#)/.test(target))).toEqual([])
  })

  it('has no tests and no stories', () => {
    expect(files.map(({ name }) => name).filter((name) => /\.(test|test-d|stories|fixture)\./.test(name))).toEqual([])
  })

  it('has maps for its code, and the sources of testing helpers only by name', () => {
    expect(maps.length).toBeGreaterThan(0)
    const heavy = maps.filter((map) => {
      const { sources, sourcesContent } = JSON.parse(read(map)) as { sources: string[]; sourcesContent?: string[] }
      return sourcesContent !== undefined && sources.every((source) => /\/testing[/.]/.test(source))
    })
    expect(heavy).toEqual([])
  })
})
