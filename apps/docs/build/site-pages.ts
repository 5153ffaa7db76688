import { globSync } from 'node:fs'
import { posix } from 'node:path'

export interface SitePage {
  /** From the root of the repository, such as `packages/react/README.md`. */
  source: string
  /** From the root of the site, such as `packages/react.md`. */
  target: string
}

/** Each page of the site is one file of the repository; none is written twice. */
const RULES: readonly [pattern: string, toTarget: (source: string) => string][] = [
  ['docs/**/*.md', (source) => source.slice('docs/'.length)],
  ['packages/*/README.md', (source) => `${posix.dirname(source)}.md`],
  ['examples/README.md', (source) => source],
  ['examples/*/README.md', (source) => `${posix.dirname(source)}.md`],
  ['CONTRIBUTING.md', () => 'CONTRIBUTING.md'],
  ['apps/docs/.reference/**/*.md', (source) => source.replace('apps/docs/.reference', 'reference')],
]

export function findSitePages(root: string): SitePage[] {
  return RULES.flatMap(([pattern, toTarget]) =>
    globSync(pattern, { cwd: root }).map((source) => ({ source, target: toAddress(toTarget(source)) })),
  ).toSorted((a, b) => a.target.localeCompare(b.target))
}

/** Addresses are written small, and the README of a folder is its index. */
function toAddress(target: string): string {
  return target.replace(/README\.md$/, 'index.md').toLowerCase()
}
