import { launchOptions } from '@brandkit/tooling/chromium'
import { chromium, type Page } from 'playwright'
import { expect, onTestFinished } from 'vitest'

/** The longest that a page of a slow machine needs for anything. */
const PAGE_MS = 120_000

const TOAST = '.brandkit-toast[data-phase="completed"]'

/**
 * Opens a page of a guide in Chromium, presses its button, and waits for panel, toast and story; then reloads the page,
 * which has to show the story again.
 *
 * @param options.secondTab whether a second tab has to show it too, with one toast in both at most
 * @returns what the page complained of: its errors and warnings, empty if all is well
 */
export async function openStoryPage(url: string, { reload = true, secondTab = false } = {}): Promise<string[]> {
  const browser = await chromium.launch(launchOptions)
  onTestFinished(() => browser.close())
  const context = await browser.newContext()
  const page = await context.newPage()
  page.setDefaultTimeout(PAGE_MS)
  const complaints: string[] = []
  listen(page, complaints)
  await page.goto(url)

  // A page that a server has rendered shows its button before React listens to it.
  await page.waitForFunction(
    `Object.keys(document.querySelector('button') ?? {}).some((key) => key.startsWith('__react'))`,
  )
  await page.getByRole('button', { name: 'Write a story' }).click()
  // The panel's title of the task, then the toast that tells of its end.
  await page.getByText('Story about a lighthouse').first().waitFor()
  await page.locator(TOAST).waitFor()
  const story = page.locator('article')
  await story.waitFor()
  const text = await story.innerText()
  expect(text).toContain('Once there was a lighthouse.')

  if (reload) {
    await page.reload()
    await story.waitFor()
    expect(await story.innerText()).toBe(text)
  }
  if (secondTab) {
    const second = await context.newPage()
    second.setDefaultTimeout(PAGE_MS)
    listen(second, complaints)
    await second.goto(url)
    await second.locator('article').waitFor()
    expect(await second.locator('article').innerText()).toBe(text)
    const toasts = await Promise.all([page, second].map((tab) => tab.locator(TOAST).count()))
    expect(toasts.reduce((sum, count) => sum + count)).toBeLessThanOrEqual(1)
  }
  return complaints
}

function listen(page: Page, complaints: string[]): void {
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
  })
}
