import type { Page } from 'playwright'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ends } from '../ends.js'
import { type OpenBrowser, openBrowser, toastsOf } from './open-browser.js'

/**
 * Browser features that a page may lack: in a sandboxed frame, over plain http, with storage forbidden, in a WebView,
 * or in an older browser. Each script runs before the page's own scripts. TextEncoder stays: ky needs it when it is
 * loaded, and every browser with fetch has it.
 */
const TAKEN_AWAY: Readonly<Record<string, string>> = {
  IntersectionObserver: 'delete window.IntersectionObserver',
  BroadcastChannel: 'delete window.BroadcastChannel',
  'a BroadcastChannel that may be opened': `window.BroadcastChannel = class {
    constructor() { throw new DOMException('The operation is insecure.', 'SecurityError') }
  }`,
  'Web Locks': `Object.defineProperty(navigator, 'locks', { value: undefined })`,
  'Web Locks that may be asked for': `navigator.locks.request = async () => {
    throw new DOMException('Access to the Locks API is denied.', 'SecurityError')
  }`,
  localStorage: `Object.defineProperty(window, 'localStorage', { value: null })`,
  'a localStorage that may be looked at': `Object.defineProperty(window, 'localStorage', {
    get() { throw new DOMException('Access is denied for this document.', 'SecurityError') },
  })`,
  crypto: `Object.defineProperty(window, 'crypto', { value: undefined })`,
  'CSS.escape': 'delete window.CSS',
  'AbortSignal.any': 'delete AbortSignal.any; delete AbortSignal.timeout',
  'AbortSignal.throwIfAborted': 'delete AbortSignal.prototype.throwIfAborted',
  TextDecoder: 'delete window.TextDecoder',
  'bodies that can be streamed': `Object.defineProperty(Response.prototype, 'body', { value: undefined })
    delete window.ReadableStream`,
  WebSocket: 'delete window.WebSocket; delete window.EventSource',
  'what it does not need so far': `delete window.ResizeObserver; delete window.matchMedia; delete window.structuredClone
    delete window.requestIdleCallback; delete Element.prototype.animate; delete Element.prototype.scrollIntoView`,
  'a clipboard': `Object.defineProperty(navigator, 'clipboard', { value: undefined })`,
  'a word about the network': `Object.defineProperty(navigator, 'onLine', { value: undefined })`,
  'a word about being seen': `Object.defineProperty(document, 'visibilityState', { value: undefined })`,
}

/** If two scripts remove the same feature, the first one wins. */
const ALL = Object.values(TAKEN_AWAY)
  .map((script) => `try { ${script} } catch {}`)
  .join('\n')

let browser: OpenBrowser

beforeEach(async () => {
  browser = await openBrowser()
})
afterEach(() => browser.close())

const phaseOf = (page: Page, title: string) => page.locator(`li[aria-label="${title}"]`).getAttribute('data-phase')

describe('a page without', () => {
  it.each([...Object.entries(TAKEN_AWAY), ['any of these', ALL] as const])('%s', async (_what, script) => {
    const { server } = browser.app
    const { taskId } = server.seed({ title: 'Running', status: 'processing' })
    server.seed({ title: 'Broken', ...ends.failed() })
    server.seed({ title: 'Hasty' })
    await browser.context.addInitScript(script)
    const page = await browser.openTab('a')

    await page.locator('.brandkit-pill').click()
    await expect.poll(() => phaseOf(page, 'Running')).toBe('running')
    server.change(taskId, ends.completed())
    await expect.poll(() => phaseOf(page, 'Running')).toBe('completed')
    await page.getByRole('button', { name: 'Cancel Hasty' }).click()
    await expect.poll(() => phaseOf(page, 'Hasty')).toBe('cancelled')
    await page.getByRole('button', { name: 'Copy trace id' }).click()
    await page.getByRole('button', { name: 'Dismiss Broken' }).click()
    await expect.poll(() => page.locator('li[aria-label="Broken"]').count()).toBe(0)
    await expect.poll(() => page.evaluate(() => document.activeElement?.closest('.brandkit-panel') !== null)).toBe(true)

    await page.keyboard.press('Escape')
    await expect.poll(() => page.locator('.brandkit-panel').count()).toBe(0)
    await page.getByRole('button', { name: 'Generate' }).click()
    await expect.poll(() => toastsOf(page)).toContainEqual(expect.stringContaining('Started'))
    expect(server.tasks()).toHaveLength(4)
  })
})
