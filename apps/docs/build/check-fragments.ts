import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * VitePress refuses links to pages that do not exist. This refuses links to headings that do not exist.
 *
 * @param folder the built site
 */
export function checkFragments(folder: string): void {
  const pages = new Map(
    globSync('**/*.html', { cwd: folder }).map((file) => [
      `/${file.replace(/\.html$/, '').replace(/(^|\/)index$/, '$1')}`,
      readFileSync(join(folder, file), 'utf8'),
    ]),
  )
  const ids = new Map([...pages].map(([page, html]) => [page, new Set(matches(html, /\sid="([^"]+)"/g))]))
  const dead = [...pages].flatMap(([page, html]) =>
    matches(html, /<a [^>]*?href="([^"#]*#[^"]+)"/g).flatMap((href) => {
      const [path = '', fragment = ''] = href.split('#')
      if (/^[a-z]+:/.test(path)) return []
      const target = path === '' ? page : path
      const there = ids.get(target)
      return there?.has(decodeURIComponent(fragment)) ? [] : [`${page} links to ${href}`]
    }),
  )
  if (dead.length > 0) throw new Error(`Links to headings that no page has:\n${[...new Set(dead)].join('\n')}`)
}

const matches = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, match = '']) => match)
