import { launchOptions } from '@brandkit/tooling/chromium'
import { CONDITION_MS } from '@brandkit/tooling/test-times'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright'
import { type ServedApp, serveApp } from './serve-app.js'

export interface OpenBrowser {
  app: ServedApp
  context: BrowserContext
  /** Opens a tab of the same browser; `name` stands in the requests that it makes. */
  openTab(name: string): Promise<Page>
  /** How many requests of an action a tab has made. */
  count(tab: string, action: string): number
  /** @throws Error when a page has complained: of an error, or React of how it is used. */
  close(): Promise<void>
}

/** One for all files of this worker, with whose process Playwright ends it. */
let launched: Promise<Browser> | undefined

/** A browser with storage of its own, and the app behind it. */
export async function openBrowser(): Promise<OpenBrowser> {
  const app = await serveApp()
  const browser = await (launched ??= chromium.launch(launchOptions))
  // Motion has tests of its own; here it would only be painted, and waited for.
  const context = await browser.newContext({ reducedMotion: 'reduce' })
  context.setDefaultTimeout(CONDITION_MS)
  const complaints: string[] = []
  return {
    app,
    context,
    openTab: async (name) => {
      const page = await context.newPage()
      page.on('pageerror', (error) => complaints.push(error.message))
      page.on('console', (message) => {
        // The browser's own note of a request that failed is no complaint.
        if (message.type() === 'error' && !message.text().startsWith('Failed to load')) complaints.push(message.text())
      })
      await page.goto(`${app.url}/?tab=${name}`)
      return page
    },
    count: (tab, action) =>
      app.requests.filter((request) => request.startsWith(`${tab} `) && request.endsWith(` ${action}`)).length,
    close: async () => {
      await context.close()
      await app.close()
      if (complaints.length > 0) throw new Error(complaints.join('\n'))
    },
  }
}

/** Hides a tab or shows it, as far as the page can tell: a headless Chromium takes every tab for visible. */
export async function setVisible(page: Page, visibility: 'visible' | 'hidden'): Promise<void> {
  await page.evaluate((state) => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state })
    document.dispatchEvent(new Event('visibilitychange'))
  }, visibility)
}

export const setPanelOpen = async (page: Page, open: boolean): Promise<void> =>
  page.evaluate((next) => window.setPanelOpen(next), open)
export const isLeader = async (page: Page): Promise<boolean> => page.evaluate(() => window.tasks.session.isLeader())
export const connectionOf = async (page: Page): Promise<string | null> => page.getByTestId('connection').textContent()
export const titlesOf = async (page: Page): Promise<string | null> => page.getByTestId('titles').textContent()
export const toastsOf = async (page: Page): Promise<string[]> => page.locator('.brandkit-toast').allTextContents()
export const keysOf = async (page: Page): Promise<string[]> =>
  page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('brandkit:')))
export const toldOf = async (page: Page): Promise<string[]> => page.evaluate(() => window.told)
