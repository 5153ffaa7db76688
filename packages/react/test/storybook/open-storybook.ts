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
  urlOf(entry: Pick<StorybookEntry, 'id' | 'type'>, globals?: string): string
  close(): Promise<void>
}

/** The built Storybook, served to a Chromium without motion. */
export async function openStorybook(): Promise<OpenStorybook> {
  const { url, close } = await serveFolder(BUILT)
  const browser = await chromium.launch(launchOptions)
  return {
    newPage: async () => {
      const page = await browser.newPage({ reducedMotion: 'reduce', viewport: { width: 1280, height: 800 } })
      page.setDefaultTimeout(CONDITION_MS)
      return page
    },
    urlOf: ({ id, type }, globals) =>
      `${url}/iframe.html?id=${id}&viewMode=${type}${globals === undefined ? '' : `&globals=${globals}`}`,
    close: async () => {
      await browser.close()
      await close()
    },
  }
}
