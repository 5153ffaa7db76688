import { posix } from 'node:path'

export interface LinkTargets {
  /** The place of a file of the repository on the site; `undefined` if it is no page. */
  pageOf: (file: string) => string | undefined
  /** The address of an asset of the site, such as a picture; `undefined` if it is none. */
  assetOf: (file: string) => string | undefined
  /** Whether the repository has this file or folder. */
  exists: (file: string) => boolean
  /** The address of the repository for the web. */
  repositoryUrl: string
}

// What is code, or already an address of its own, stays as it is.
const CODE = /(^`{3,}[\s\S]*?^`{3,}$|<!--[\s\S]*?-->|`[^`\n]+`)/m
const LINK = /(\]\(\s*|^\[[^\]]+\]:\s*|\b(?:src|href)=")([^)\s"]+)/gm
const ELSEWHERE = /^(?:[a-z][a-z0-9+.-]*:|#|\/)/i

/**
 * Rewrites the links of a page for the site. In the repository they lead from file to file, which works where the code is
 * hosted; READMEs link in full, because they are read on npm, too. On the site a page has another address, and code is
 * shown by the host.
 *
 * @param source the page's file, from the root of the repository
 * @throws Error when a link leads to no file
 */
export function rewriteLinks(text: string, source: string, targets: LinkTargets): string {
  const { pageOf, assetOf, exists, repositoryUrl } = targets
  const inFull = new RegExp(`^${RegExp.escape(repositoryUrl)}/(?:blob|tree|raw)/main/`)

  return text
    .split(CODE)
    .map((part, at) =>
      at % 2 === 1 ? part : part.replaceAll(LINK, (_all, before: string, href: string) => before + toSite(href)),
    )
    .join('')

  function toSite(href: string): string {
    const own = href.replace(inFull, '')
    if (own === href && ELSEWHERE.test(href)) return href
    const [path = '', fragment] = own.split('#')
    const file = posix.join(own === href ? posix.dirname(source) : '.', path).replace(/\/$/, '')
    const suffix = fragment === undefined ? '' : `#${fragment}`

    const page = pageOf(file) ?? pageOf(posix.join(file, 'README.md')) ?? pageOf(posix.join(file, 'index.md'))
    if (page) return `/${page.replace(/(^|\/)index\.md$/, '$1').replace(/\.md$/, '')}${suffix}`
    const asset = assetOf(file)
    if (asset) return asset
    if (!exists(file)) throw new Error(`${source} links to ${href}, but the repository has no ${file}.`)
    return `${repositoryUrl}/blob/main/${file}${suffix}`
  }
}
