import { rm } from 'node:fs/promises'
import { createLogger, type LogEntry } from '@brandkit/core'
import { launchOptions } from '@brandkit/tooling/chromium'
import { type Browser, chromium } from 'playwright'
import { type DemoOptions, startDemo } from '../server/app.ts'
import { createDataFolder } from './create-data-folder.ts'
import { type Visit, visitPage } from './visit-page.ts'

export interface Studio {
  url: string
  browser: Browser
  /** The lines in the server's log. */
  log: (LogEntry & { at: number })[]
  /** A new page with its own session, as another person on another machine would have it. */
  visit(): Promise<Visit>
  close(): Promise<void>
}

/** Starts a demo with its own database in a new folder, and a real browser. */
export async function openStudio(options: Partial<DemoOptions> = {}): Promise<Studio> {
  const dataFolder = await createDataFolder()
  const log: Studio['log'] = []
  const logger = createLogger({ level: 'debug', sink: (entry) => log.push({ ...entry, at: Date.now() }) })
  const [demo, browser] = await Promise.all([
    startDemo({ dataFolder, logger, ...options }),
    chromium.launch({ ...launchOptions, headless: true }),
  ])
  return {
    url: demo.url,
    browser,
    log,
    visit: () => visitPage(browser, demo.url),
    async close() {
      await browser.close()
      await demo.stop()
      await rm(dataFolder, { recursive: true, force: true })
    },
  }
}
