import type { Page } from 'playwright'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ends } from '../ends.js'
import { type OpenBrowser, openBrowser, setPanelOpen } from './open-browser.js'

let browser: OpenBrowser
let page: Page

beforeEach(async () => {
  browser = await openBrowser()
  browser.app.server.seed({ title: 'Running', status: 'processing' })
  page = await browser.openTab('a')
  await page.locator('.brandkit-pill').waitFor()
})
afterEach(() => browser.close())

const isOpen = async () => (await page.locator('.brandkit-panel').count()) > 0
const focused = async () => page.evaluate(() => document.activeElement?.className ?? '')
const focusedTag = async () => page.evaluate(() => document.activeElement?.tagName)

describe('a person with a keyboard', () => {
  it('closes the panel though nothing has the focus, and has it again', async () => {
    await page.locator('.brandkit-pill').click()
    await page.getByRole('heading', { name: 'Background tasks' }).click()
    expect(await focusedTag()).toBe('BODY')
    await page.keyboard.press('Escape')
    await expect.poll(isOpen).toBe(false)
    expect(await focused()).toContain('brandkit-pill')
  })

  it('closes nothing of ours while the focus is in the app', async () => {
    await page.locator('.brandkit-pill').click()
    await page.getByRole('button', { name: 'Generate' }).focus()
    await page.keyboard.press('Escape')
    // The second key press makes sure that the page has handled the first.
    await page.keyboard.press('Tab')
    expect(await isOpen()).toBe(true)
  })

  it('is at the pill when the app closes the panel under the focus', async () => {
    await setPanelOpen(page, true)
    await page.getByRole('button', { name: 'Cancel Running' }).focus()
    await setPanelOpen(page, false)
    await expect.poll(isOpen).toBe(false)
    expect(await focused()).toContain('brandkit-pill')
  })

  it('is at the pill when the toast goes whose button was pressed', async () => {
    await page.getByRole('button', { name: 'Generate' }).click()
    await page.locator('.brandkit-toast').waitFor()
    const task = browser.app.server.tasks().find(({ status }) => status === 'queued')
    browser.app.server.change(task?.taskId ?? '', ends.failed())
    await page.getByRole('button', { name: /^Try again/ }).focus()
    await page.keyboard.press('Enter')
    await expect.poll(() => browser.count('a', 'retry')).toBe(1)
    await expect.poll(() => page.locator('.brandkit-toast[data-phase="failed"]').count()).toBe(0)
    expect(await focusedTag()).toBe('BUTTON')
    expect(await page.evaluate(() => document.activeElement?.closest('.brandkit-dock') !== null)).toBe(true)
  })
})
