import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { launchOptions } from '@brandkit/tooling/chromium'
import { serveFolder } from '@brandkit/tooling/serve-folder'
import { chromium, type Page } from 'playwright'

/** The folder of the built Storybook, made by `npm run storybook:build`. */
export const STORYBOOK: string = join(import.meta.dirname, '../packages/react/storybook-static')

/** The settings for a story's picture. `globals` are those of Storybook's toolbar. */
export const VIEWS = {
  light: { width: 1280, height: 800, globals: 'theme:light' },
  dark: { width: 1280, height: 800, globals: 'theme:dark' },
  arabic: { width: 1280, height: 800, globals: 'theme:light;locale:ar' },
  narrow: { width: 320, height: 640, globals: 'theme:light' },
  'narrow-dark-arabic': { width: 320, height: 640, globals: 'theme:dark;locale:ar' },
} as const
export type ViewName = keyof typeof VIEWS

export interface Shot {
  storyId: string
  view: ViewName
  /** Only this part of the page. Default: all of it. */
  clip?: { x: number; y: number; width: number; height: number } | undefined
}

/** The path of a picture inside the given folder. */
export const toFileName = ({ storyId, view }: Shot): string => `${storyId}.${view}.png`

/** Takes pictures of stories after their play functions have ended. */
export async function photographStories(folder: string, shots: readonly Shot[]): Promise<void> {
  await mkdir(folder, { recursive: true })
  const { url, close } = await serveFolder(STORYBOOK)
  const browser = await chromium.launch(launchOptions)
  const waiting = [...shots]
  const takeAll = async (page: Page) => {
    for (let shot = waiting.shift(); shot; shot = waiting.shift()) await takePicture({ page, url, folder, shot })
  }
  try {
    // Two pages at a time, each with its cache, because loading Storybook takes longer than taking a picture.
    const pages = await Promise.all([1, 2].map(() => browser.newPage({ reducedMotion: 'reduce' })))
    await Promise.all(pages.map(takeAll))
  } finally {
    await browser.close()
    await close()
  }
}

interface PictureOptions {
  page: Page
  url: string
  folder: string
  shot: Shot
}

async function takePicture({ page, url, folder, shot }: PictureOptions): Promise<void> {
  const { storyId, view, clip } = shot
  const { width, height, globals } = VIEWS[view]
  await page.setViewportSize({ width, height })
  await page.emulateMedia({ forcedColors: storyId.includes('forced-colours') ? 'active' : 'none' })
  await page.goto(`${url}/iframe.html?id=${storyId}&viewMode=story&globals=${globals}`)
  // Set by the preview after the play function.
  await page.waitForFunction(`window.playedStory === ${JSON.stringify(storyId)}`)
  await page.screenshot({ path: join(folder, toFileName(shot)), ...(clip && { clip }) })
}
