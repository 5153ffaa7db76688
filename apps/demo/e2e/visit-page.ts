import { CONDITION_MS } from '@brandkit/tooling/test-times'
import type { Browser, BrowserContext, Page } from 'playwright'

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

/** A page of its own, as another person on another machine would have it. */
export async function visitPage(browser: Browser, baseURL: string): Promise<Visit> {
  // Motion has tests of its own; here it would only be painted, and waited for.
  const context = await browser.newContext({ baseURL, reducedMotion: 'reduce' })
  context.setDefaultTimeout(CONDITION_MS)
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
