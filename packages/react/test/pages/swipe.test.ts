import type { CDPSession, Page } from 'playwright'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ends } from '../ends.js'
import { type OpenBrowser, openBrowser } from './open-browser.js'

let browser: OpenBrowser
let page: Page

/** A page with the toast of a failure, which stays by itself. */
beforeEach(async () => {
  browser = await openBrowser()
  const { taskId } = browser.app.server.seed({ title: 'Broken soon', status: 'processing' })
  page = await browser.openTab('a')
  await page.locator('.brandkit-pill').waitFor()
  browser.app.server.change(taskId, ends.failed('The source answered with nothing.'))
  await page.locator('.brandkit-toast').waitFor()
})
afterEach(() => browser.close())

type Point = readonly [x: number, y: number]

const toastCount = async () => page.locator('.brandkit-toast:not([data-leaving])').count()
const shiftOf = async () => page.locator('.brandkit-toast').evaluate((toast) => getComputedStyle(toast).translate)

const NO_BOX = { x: 0, y: 0, width: 0, height: 0 }

/** A point in the padding of the toast, far from the edge of the screen: 1 if that is on the right, else -1. */
async function besideText(edge: number): Promise<Point> {
  const { x, y, width, height } = (await page.locator('.brandkit-toast').boundingBox()) ?? NO_BOX
  return [edge === 1 ? x + 6 : x + width - 6, y + height - 6]
}

async function dragMouse([x, y]: Point, [alongX, alongY]: Point): Promise<void> {
  await page.mouse.move(x, y)
  await page.mouse.down()
  for (const part of [0.25, 0.5, 0.75, 1]) await page.mouse.move(x + alongX * part, y + alongY * part)
}

async function dragFinger([x, y]: Point, [alongX, alongY]: Point): Promise<void> {
  const session: CDPSession = await browser.context.newCDPSession(page)
  const touch = async (type: 'touchStart' | 'touchMove' | 'touchEnd', points: { x: number; y: number }[]) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints: points })
  await touch('touchStart', [{ x, y }])
  for (const part of [0.25, 0.5, 0.75, 1]) await touch('touchMove', [{ x: x + alongX * part, y: y + alongY * part }])
  await touch('touchEnd', [])
}

async function setCorner(position: string, direction: string): Promise<void> {
  await page.evaluate(
    ([at, dir]) => {
      document.documentElement.dir = dir
      document.querySelector('.brandkit-dock')?.setAttribute('data-position', at)
    },
    [position, direction] as const,
  )
}

describe('a toast', () => {
  it.each([
    ['bottom-end', 'ltr', 1],
    ['bottom-start', 'ltr', -1],
    ['bottom-end', 'rtl', -1],
    ['bottom-start', 'rtl', 1],
  ])(
    'at %s in %s goes when it is swiped to its edge, and returns from the other way',
    async (position, direction, edge) => {
      await setCorner(position, direction)
      await dragMouse(await besideText(edge), [-edge * 120, 0])
      // It resists: it moves by the root of the way.
      expect(Math.abs(Number.parseFloat(await shiftOf()))).toBeLessThan(12)
      await page.mouse.up()
      expect(await shiftOf()).toMatch(/^0px/)
      await dragMouse(await besideText(edge), [edge * 120, 0])
      expect(Number.parseFloat(await shiftOf())).toBe(edge * 120)
      await page.mouse.up()
      await expect.poll(toastCount).toBe(0)
    },
  )

  it('returns when it is let go too soon', async () => {
    await dragMouse(await besideText(1), [30, 0])
    expect(Number.parseFloat(await shiftOf())).toBe(30)
    await page.mouse.move(0, 0)
    await page.mouse.up()
    expect(await shiftOf()).toMatch(/^0px/)
    expect(await toastCount()).toBe(1)
  })

  it('goes under a finger, even one that begins on a text', async () => {
    const { x, y } = (await page.locator('.brandkit-toast-hint').boundingBox()) ?? NO_BOX
    await dragFinger([x + 10, y + 5], [150, 4])
    await expect.poll(toastCount).toBe(0)
  })

  it('stays under a finger that scrolls', async () => {
    await dragFinger(await besideText(1), [20, -120])
    expect(await toastCount()).toBe(1)
    expect(await shiftOf()).toMatch(/^0px|none/)
  })

  it('leaves its texts to the mouse, which selects them', async () => {
    const { x, y, width } = (await page.locator('.brandkit-toast-text').boundingBox()) ?? NO_BOX
    await dragMouse([x + 2, y + 8], [Math.max(width, 200), 0])
    await page.mouse.up()
    expect(await page.evaluate(() => getSelection()?.toString())).toContain('Broken soon')
    expect(await toastCount()).toBe(1)
  })

  it('leaves its buttons alone', async () => {
    const { x, y } = (await page.getByRole('button', { name: /^Try again/ }).boundingBox()) ?? NO_BOX
    await dragMouse([x + 5, y + 5], [150, 0])
    expect(await shiftOf()).toMatch(/^0px|none/)
    await page.mouse.up()
    expect(await toastCount()).toBe(1)
    await page.getByRole('button', { name: /^Try again/ }).click()
    await expect.poll(() => browser.count('a', 'retry')).toBe(1)
  })
})
