import { CONDITION_MS } from '@brandkit/tooling/test-times'
import type { Browser, BrowserContext, Page } from 'playwright'

/** A line of either log with its time (milliseconds since the epoch). */
export interface LogLine {
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
