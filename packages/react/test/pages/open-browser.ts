import { launchOptions } from '@brandkit/tooling/chromium'
import { CONDITION_MS } from '@brandkit/tooling/test-times'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright'
import { type ServedApp, serveApp } from './serve-app.js'

export interface OpenBrowser {
  app: ServedApp
  context: BrowserContext
  /** Opens a tab of the same browser; the tab's requests carry `name`. */
  openTab(name: string): Promise<Page>
  /** The number of a tab's requests for an action. */
  count(tab: string, action: string): number
  /** @throws Error if a page has logged an error, or a warning from React */
  close(): Promise<void>
}

/** The browser that all files of this worker share. Playwright ends it with the worker's process. */
let launched: Promise<Browser> | undefined

/** A browser with its own storage, and the app behind it. */
export async function openBrowser(): Promise<OpenBrowser> {
  const app = await serveApp()
  const browser = await (launched ??= chromium.launch(launchOptions))
  // Other tests cover motion; here it would only slow the pages down.
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
        // The browser logs failed requests by itself; they are not errors of the page.
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

/** Makes a tab hidden or visible for the page, because a headless Chromium treats every tab as visible. */
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
