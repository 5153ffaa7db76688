import { launchOptions } from '@brandkit/tooling/chromium'
import { serveFolder } from '@brandkit/tooling/serve-folder'
import { CONDITION_MS } from '@brandkit/tooling/test-times'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Page } from 'playwright'

/** The Storybook that `pnpm run storybook:build` makes. */
const BUILT = join(import.meta.dirname, '../../storybook-static')

/** An entry of the Storybook's index. */
export interface StorybookEntry {
  id: string
  type: 'docs' | 'story'
  /** The path in the sidebar. */
  title: string
  name: string
}

/** @throws Error if there is no built Storybook */
export function readEntries(): StorybookEntry[] {
  const { entries } = JSON.parse(readFileSync(join(BUILT, 'index.json'), 'utf8')) as {
    entries: Record<string, StorybookEntry>
  }
  return Object.values(entries)
}

export interface OpenStorybook {
  newPage(): Promise<Page>
  /** The address of one entry's frame. */
  urlOf(entry: Pick<StorybookEntry, 'id' | 'type'>): string
  /**
   * Opens an entry, and waits until its element or its state is there.
   *
   * @throws Error if the page throws before
   */
  open(page: Page, address: string, isReady: (page: Page) => Promise<unknown>): Promise<void>
  /** What the page logged or threw since the last question, and the errors that it shows instead of a story. */
  complaintsOf(page: Page): Promise<string[]>
  close(): Promise<void>
}

/** The built Storybook, served to a Chromium that draws text alike on every machine, and moves nothing. */
export async function openStorybook(): Promise<OpenStorybook> {
  const { url, close } = await serveFolder(BUILT)
  const args = [...launchOptions.args, '--font-render-hinting=none', '--disable-lcd-text', '--force-color-profile=srgb']
  const browser = await chromium.launch({ ...launchOptions, args })
  const complaints = new Map<Page, string[]>()
  return {
    newPage: async () => {
      const page = await browser.newPage({
        reducedMotion: 'reduce',
        viewport: { width: 1280, height: 800 },
        // Times are written in these.
        locale: 'en',
        timezoneId: 'UTC',
      })
      page.setDefaultTimeout(CONDITION_MS)
      const own: string[] = []
      complaints.set(page, own)
      page.on('pageerror', (error) => own.push(error.stack ?? error.message))
      page.on('console', (message) => {
        // The browser logs answers that a story's server refuses on purpose.
        const isRefusal = message.location().url.includes('/api/jobs/')
        if (message.type() === 'error' && !isRefusal) own.push(message.text())
      })
      return page
    },
    urlOf: ({ id, type }) => `${url}/iframe.html?id=${id}&viewMode=${type}`,
    open: async (page, address, isReady) => {
      const failed = Promise.withResolvers<never>()
      page.once('pageerror', failed.reject)
      await page.goto(address)
      await Promise.race([isReady(page), failed.promise])
      page.off('pageerror', failed.reject)
    },
    complaintsOf: async (page) => [...(complaints.get(page)?.splice(0) ?? []), ...(await readErrors(page))],
    close: async () => {
      await browser.close()
      await close()
    },
  }
}

/** The messages that Storybook shows instead of a story or a page. */
const readErrors = async (page: Page): Promise<string[]> =>
  page.locator('.sb-errordisplay:visible, .sb-story > pre:visible, .sb-nopreview:visible').allInnerTexts()
