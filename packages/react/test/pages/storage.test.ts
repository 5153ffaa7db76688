import * as fc from 'fast-check'
import type { Page } from 'playwright'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ends } from '../ends.js'
import { keysOf, type OpenBrowser, openBrowser, setVisible, titlesOf } from './open-browser.js'

let browser: OpenBrowser

beforeEach(async () => {
  browser = await openBrowser()
})
afterEach(() => browser.close())

const NAMES = ['brandkit:outbox:ada', 'brandkit:dismissed:ada', 'brandkit:visit:ada']

/** What other code may have stored under our keys: invalid JSON, other JSON, and our shape with other values. */
const stored = fc.oneof(
  fc.string(),
  fc.json(),
  fc
    .record({
      v: fc.oneof(fc.constant(1), fc.jsonValue()),
      entries: fc.oneof(
        fc.jsonValue(),
        fc.array(fc.record({ key: fc.jsonValue(), input: fc.jsonValue(), at: fc.jsonValue() })),
      ),
      ids: fc.oneof(fc.jsonValue(), fc.array(fc.tuple(fc.jsonValue(), fc.jsonValue()))),
      at: fc.jsonValue(),
    })
    .map((value) => JSON.stringify(value)),
)

describe('a page whose storage is corrupted', () => {
  it('works as if nothing stood there', async () => {
    browser.app.server.seed({ title: 'Running', status: 'processing' })
    const page = await browser.openTab('a')
    const samples = fc.sample(fc.tuple(stored, stored, stored), { numRuns: 6, seed: 5 })
    for (const values of samples) {
      await page.evaluate(
        ([names, texts]) => names.forEach((name, index) => localStorage.setItem(name, texts[index] ?? '')),
        [NAMES, values] as const,
      )
      await page.reload()
      await expect.poll(() => titlesOf(page)).toBe('Running: processing')
    }
    await page.getByRole('button', { name: 'Generate' }).click()
    await expect.poll(() => titlesOf(page)).toMatch(/Campaign/)
    expect(browser.app.server.tasks()).toHaveLength(2)
  })
})

/** All text that a page shows or stores. */
const everything = async (page: Page) =>
  page.evaluate(() =>
    JSON.stringify([
      document.body.textContent,
      Object.entries(localStorage),
      window.tasks.queryClient
        .getQueryCache()
        .getAll()
        .map(({ queryKey, state }) => [queryKey, state.data]),
    ]),
  )

describe('users of one browser', () => {
  it('see nothing of each other: neither on the page, nor in storage, nor in the cache', async () => {
    const { server } = browser.app
    server.seed({ title: 'Secret', status: 'processing', userId: 'ada' })
    server.seed({ title: 'Other', status: 'processing', userId: 'grace', createdBy: 'grace' })
    const page = await browser.openTab('a')
    await expect.poll(() => titlesOf(page)).toBe('Secret: processing')
    await browser.context.setOffline(true)
    await page.getByRole('button', { name: 'Generate' }).click()
    await expect.poll(() => keysOf(page)).toContain('brandkit:outbox:ada')
    await setVisible(page, 'hidden')
    await setVisible(page, 'visible')

    await page.evaluate(() => window.signIn(null))
    await browser.context.setOffline(false)
    await expect.poll(() => keysOf(page)).toEqual([])
    const before = browser.app.requests.length
    expect(await everything(page)).not.toMatch(/Secret|Campaign|"ada"/)
    await page.evaluate(() => window.signIn('grace'))
    await expect.poll(() => titlesOf(page)).toBe('Other: processing')
    expect(await everything(page)).not.toMatch(/Secret|Campaign|"ada"/)
    expect(browser.app.requests.slice(before)).not.toContain('a POST create')
    expect(server.tasks()).toHaveLength(2)
  })

  it('find after a reload what ended since their last visit, and what failed, without toasts', async () => {
    const { server } = browser.app
    const { taskId } = server.seed({ title: 'Running', status: 'processing' })
    const longAgo = new Date(Date.now() - 2 * 60 * 60_000).toISOString()
    server.seed({ title: 'History', ...ends.completed(), completedAt: longAgo })
    server.seed({ title: 'Broken', ...ends.failed(), completedAt: longAgo })
    const page = await browser.openTab('a')
    // On the first visit, only failures of the time before are news.
    await expect.poll(() => titlesOf(page)).toMatch(/Broken/)
    expect(await titlesOf(page)).not.toMatch(/History/)
    await page.goto('about:blank')
    server.change(taskId, ends.completed())
    await page.goto(`${browser.app.url}/?tab=a`)
    await expect.poll(() => titlesOf(page)).toMatch(/Running: completed/)
    expect(await titlesOf(page)).toMatch(/Broken: failed/)
    expect(await titlesOf(page)).not.toMatch(/History/)
    expect(await page.locator('.brandkit-toast').count()).toBe(0)
  })
})
