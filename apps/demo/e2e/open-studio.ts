import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createLogger, type LogEntry } from '@brandkit/core'
import { launchOptions } from '@brandkit/tooling/chromium'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright'
import { type DemoOptions, startDemo } from '../server/app.ts'

/** A line of either log, and when it was written (milliseconds since the epoch). */
export interface LogLine {
  at: number
  text: string
}

export interface Visit {
  page: Page
  context: BrowserContext
  /** What the browser's console said. */
  console: LogLine[]
  /** What no page should have: errors in the console, exceptions, failed requests. */
  errors: string[]
}

export interface Studio {
  url: string
  browser: Browser
  /** What the server logged. */
  log: (LogEntry & { at: number })[]
  /** A page of its own, as another person on another machine would have it. */
  visit(): Promise<Visit>
  close(): Promise<void>
}

/** A demo with a database of its own in a new folder, and a real browser in front of it. */
export async function openStudio(options: Partial<DemoOptions> = {}): Promise<Studio> {
  const dataFolder = mkdtempSync(path.join(tmpdir(), 'brandkit-demo-'))
  const log: Studio['log'] = []
  const logger = createLogger({ sink: (entry) => log.push({ ...entry, at: Date.now() }) })
  const [demo, browser] = await Promise.all([
    startDemo({ dataFolder, logger, ...options }),
    chromium.launch({ ...launchOptions, headless: true }),
  ])
  return {
    url: demo.url,
    browser,
    log,
    visit: () => visit(browser, demo.url),
    async close() {
      await browser.close()
      await demo.stop()
      rmSync(dataFolder, { recursive: true, force: true })
    },
  }
}

async function visit(browser: Browser, baseURL: string): Promise<Visit> {
  const context = await browser.newContext({ baseURL })
  const page = await context.newPage()
  const lines: LogLine[] = []
  const errors: string[] = []
  page.on('console', (message) => {
    // The browser's own clock: by the time that the line arrives here, the server may have written ten more.
    lines.push({ at: Math.floor(message.timestamp()), text: message.text() })
    if (message.type() === 'error') errors.push(message.text())
  })
  page.on('pageerror', (error) => errors.push(error.message))
  return { page, context, console: lines, errors }
}
