import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { cropPanel } from './crop-panel.ts'
import { fillPage } from './fill-pages.ts'
import { repositoryUrl, root } from './repository.ts'
import { rewriteLinks } from './rewrite-links.ts'
import { findSitePages } from './site-pages.ts'

/** The pages as VitePress reads them. Written anew by each build, and in no commit. */
const siteFolder = join(import.meta.dirname, '../.site')

const ASSET = /^docs\/(.+\.(?:svg|png|webp|gif|json|ya?ml))$/

/** Forgets what an earlier build has gathered, so that no page outlives its source. */
export function clearSite(): void {
  rmSync(siteFolder, { recursive: true, force: true })
}

/** Puts every page of the repository at its place on the site, with links that lead to pages or to the code's host. */
export async function gatherPages(): Promise<void> {
  const pages = findSitePages(root)
  const targets = new Map(pages.map(({ source, target }) => [source, target]))
  const assets = new Map<string, string>()

  for (const { source, target } of pages) {
    const text = rewriteLinks(fillPage(readFileSync(join(root, source), 'utf8')), source, {
      pageOf: (file) => targets.get(file),
      assetOf,
      exists: (file) => existsSync(join(root, file)),
      repositoryUrl,
    })
    const file = join(siteFolder, target)
    writeIfChanged(file, withoutPadding(text))
  }
  for (const [file, address] of assets) cpSync(join(root, file), join(siteFolder, 'public', address))
  cpSync(join(import.meta.dirname, '../public'), join(siteFolder, 'public'), { recursive: true })
  await cropPanel(join(siteFolder, 'public'))

  /** Pictures and data that a page links to are served as they are. */
  function assetOf(file: string): string | undefined {
    const path = ASSET.exec(file)?.[1]
    if (!path || !existsSync(join(root, file))) return undefined
    assets.set(file, `/${path}`)
    return `/${path}`
  }
}

function writeIfChanged(file: string, text: string): void {
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}

/** The formatter pads the cells of tables; readers of Markdown twins, most often language models, pay for each blank. */
function withoutPadding(text: string): string {
  return text.replaceAll(/^\|.*\|$/gm, (row) => row.replaceAll(/ {2,}/g, ' ').replaceAll(/-{4,}/g, '---'))
}
