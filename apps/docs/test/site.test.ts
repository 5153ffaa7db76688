import { globSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { launchOptions } from '@brandkit/tooling/chromium'
import { serveFolder } from '@brandkit/tooling/serve-folder'
import { chromium } from 'playwright'
import { describe, expect, it, onTestFinished } from 'vitest'
import { sidebar } from '../.vitepress/sidebar.ts'
import { checkFragments } from '../build/check-fragments.ts'
import { root } from '../build/repository.ts'
import { findSitePages } from '../build/site-pages.ts'

const dist = join(import.meta.dirname, '../dist')
const pages = findSitePages(root).map(({ target }) => target.replace(/\.md$/, ''))
const html = globSync('**/*.html', { cwd: dist, exclude: ['storybook'] }).map((file) => file.replace(/\.html$/, ''))

describe('the built site', () => {
  it('has every page', () => {
    expect(pages.length).toBeGreaterThan(100)
    expect(html).toEqual(expect.arrayContaining(pages))
  })

  it('leads to every guide from its sidebar', () => {
    const links = JSON.stringify(sidebar)
    const guides = pages.filter((page) =>
      /^(?:start|examples|guide|frameworks|backends|deploy|migrate|packages)\//.test(page),
    )
    expect(guides.length).toBeGreaterThan(40)
    for (const guide of guides) expect(links).toContain(`"/${guide.replace(/index$/, '')}"`)
  })

  it('has a twin in Markdown for each guide, and both files for language models', () => {
    const twins = pages.filter((page) => page !== 'index' && !/^(?:decisions\/\d|reference\/)/.test(page))
    for (const page of twins) {
      const twin = page.endsWith('/index') ? page.replace(/\/index$/, '') : page
      expect([twin, existsSync(join(dist, `${twin}.md`))]).toEqual([twin, true])
    }
    expect(readFileSync(join(dist, 'llms.txt'), 'utf8')).toContain('](/guide/troubleshooting.md): Every error code')
    expect(readFileSync(join(dist, 'llms-full.txt'), 'utf8')).toContain('# Steps and retries')
  })

  it('searches by itself: no page loads anything from another host', () => {
    for (const page of html) {
      const source = readFileSync(join(dist, `${page}.html`), 'utf8')
      expect(
        [...source.matchAll(/<(?:script|link|img)\b[^>]*?(?:src|href)="(https?:[^"]+)/g)].map(([, url]) => url),
      ).toEqual([])
    }
  })
})

describe('the search box', () => {
  it('finds a page by a word, and asks no other server than that of the site', async () => {
    const site = await serveFolder(dist)
    onTestFinished(() => site.close())
    const browser = await chromium.launch(launchOptions)
    onTestFinished(() => browser.close())
    const page = await browser.newPage()
    const asked: string[] = []
    page.on('request', (request) => void asked.push(new URL(request.url()).origin))

    await page.goto(`${site.url}/index.html`)
    await page.getByRole('button', { name: 'Search' }).first().click()
    await page.getByRole('searchbox').fill('budget_exhausted')
    await page.getByRole('option').filter({ hasText: 'Troubleshooting' }).first().click()
    await page.waitForURL(/\/guide\/troubleshooting/)
    expect(new Set(asked)).toEqual(new Set([site.url]))
  })
})

describe('a link to a heading that is missing', () => {
  it('stops the build', () => {
    const folder = mkdtempSync(join(tmpdir(), 'docs-'))
    mkdirSync(join(folder, 'guide'))
    writeFileSync(
      join(folder, 'guide/a.html'),
      '<h2 id="one">One</h2><a href="#one">1</a><a class="x" href="/b#two">2</a>',
    )
    writeFileSync(join(folder, 'b.html'), '<h2 id="two">Two</h2><a href="https://example.com/#x">3</a>')
    expect(() => checkFragments(folder)).not.toThrow()
    writeFileSync(join(folder, 'b.html'), '<h2 id="second">Two</h2><a href="/guide/a#none">4</a>')
    expect(() => checkFragments(folder)).toThrow(
      /^(?=[\s\S]*^\/guide\/a links to \/b#two$)(?=[\s\S]*^\/b links to \/guide\/a#none$)/m,
    )
  })
})
