import { describe, expect, it } from 'vitest'
import { rewriteLinks } from '../build/rewrite-links.ts'

const PAGES: Record<string, string> = {
  'docs/guide/order.md': 'guide/order.md',
  'docs/ARCHITECTURE.md': 'architecture.md',
  'docs/decisions/README.md': 'decisions/index.md',
  'packages/react/README.md': 'packages/react.md',
}
const rewrite = (text: string, source = 'docs/guide/limits.md') =>
  rewriteLinks(text, source, {
    pageOf: (file) => PAGES[file],
    assetOf: (file) => (file.endsWith('.png') ? `/${file}` : undefined),
    exists: (file) => !file.includes('missing'),
    repositoryUrl: 'https://github.com/o/r',
  })

describe('a link on the site', () => {
  it.each([
    ['[a](order.md#one)', '[a](/guide/order#one)'],
    ['[a](../ARCHITECTURE.md)', '[a](/architecture)'],
    ['[a](../decisions/README.md)', '[a](/decisions/)'],
    ['[a](../../packages/react)', '[a](/packages/react)'],
    ['![a](a.png)', '![a](/docs/guide/a.png)'],
    ['[a](../../packages/core/src/x.ts)', '[a](https://github.com/o/r/blob/main/packages/core/src/x.ts)'],
    ['[a](https://github.com/o/r/blob/main/packages/react/README.md#hooks)', '[a](/packages/react#hooks)'],
    ['[a](https://example.com/order.md)', '[a](https://example.com/order.md)'],
    ['[a](#below)', '[a](#below)'],
    ['`[a](order.md)`', '`[a](order.md)`'],
    ['```md\n[a](order.md)\n```', '```md\n[a](order.md)\n```'],
  ])('%s becomes %s', (link, wanted) => {
    expect(rewrite(link)).toBe(wanted)
  })

  it('leads to a file, or the build stops and names both', () => {
    expect(() => rewrite('[a](missing.md)')).toThrow(
      'docs/guide/limits.md links to missing.md, but the repository has no docs/guide/missing.md.',
    )
  })
})
