import { cp, mkdtemp, rm } from 'node:fs/promises'
import { createLogger, type LogEntry, silentLogger } from '@brandkit/core'
import { launchOptions } from '@brandkit/tooling/chromium'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright'
import { type DemoOptions, startDemo } from '../server/app.ts'
import { CONDITION_MS } from '@brandkit/tooling/test-times'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { keptPglite } from '@brandkit/tooling/kept-pglite'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

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

/** Holds tasks before some of their steps, so that they run for as long as a test or a script looks at them. */
export function createHold(isHeldAt: (step: string) => boolean = () => true) {
  let untilLookedAt: Promise<void> | undefined
  let held = 0
  return {
    /** For `openStudio`. */
    beforeStep: async (step: string) => {
      if (!isHeldAt(step)) return
      held++
      await untilLookedAt
      held--
    },
    /** How many tasks are held. */
    held: () => held,
    /** Holds tasks from now on. Returns the function that lets them go on. */
    hold(): () => void {
      const { promise, resolve } = Promise.withResolvers<void>()
      untilLookedAt = promise
      return resolve
    },
  }
}

/** A line of either log with its time (milliseconds since the epoch). */
interface LogLine {
  at: number
  text: string
}

export interface Visit {
  page: Page
  context: BrowserContext
  /** The lines of the browser's console. */
  console: LogLine[]
  /** Problems that no page should have: errors in the console, exceptions, failed requests. */
  errors: string[]
}

/** Opens a page with its own session, as another person on another machine would have it. */
export async function visitPage(browser: Browser, baseURL: string): Promise<Visit> {
  // Other tests cover motion; here it would only cost time.
  const context = await browser.newContext({ baseURL, reducedMotion: 'reduce' })
  context.setDefaultTimeout(CONDITION_MS)
  const page = await context.newPage()
  const lines: LogLine[] = []
  const errors: string[] = []
  page.on('console', (message) => {
    // The browser's own clock, because the server may write ten more lines before this line arrives here.
    lines.push({ at: Math.floor(message.timestamp()), text: message.text() })
    if (message.type() === 'error') errors.push(message.text())
  })
  page.on('pageerror', (error) => errors.push(error.message))
  return { page, context, console: lines, errors }
}

/** Makes a data folder as the demo leaves it after its first start, with a database that holds only tables. */
export async function createDataFolder(): Promise<string> {
  const original = await keptPglite('demo', startAndStop)
  const folder = await mkdtemp(path.join(tmpdir(), 'brandkit-demo-'))
  await cp(original, folder, { recursive: true })
  return folder
}

/** Starts the demo instead of only initialising a database, so that the copied files lie where the demo expects them. */
async function startAndStop(dataFolder: string): Promise<void> {
  const demo = await startDemo({ dataFolder, logger: silentLogger })
  await demo.stop()
  await rm(path.join(dataFolder, 'session-secret'))
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** The violations that axe finds in the current page, one line each. */
export async function findViolations(page: Page): Promise<string[]> {
  // Loads axe once for each document, since it is half a megabyte. Evaluated instead of added as a script, because the
  // page's Content-Security-Policy allows only the page's own scripts.
  if (!(await page.evaluate(`'axe' in window`))) await page.evaluate(axe)
  // Every rule runs; only the markup that passes is not collected.
  return await page.evaluate<string[]>(
    `axe.run({ resultTypes: ['violations'] }).then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join(' | ')))`,
  )
}

/** The same in both colour schemes, without loading the page again. */
export async function violationsInLightAndDark(page: Page): Promise<{ light: string[]; dark: string[] }> {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  const light = await findViolations(page)
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
  return { light, dark: await findViolations(page) }
}
