import type { Page } from 'playwright'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ends } from '../ends.js'
import { connectionOf, keysOf, type OpenBrowser, openBrowser, setVisible, titlesOf, toldOf } from './open-browser.js'

let browser: OpenBrowser

beforeEach(async () => {
  browser = await openBrowser()
})
afterEach(() => browser.close())

const generate = async (page: Page) => page.getByRole('button', { name: 'Generate' }).click()
const unsentOf = async (page: Page) => page.locator('[data-phase="unsent"]').count()
const entriesOf = async (page: Page) => page.evaluate(() => window.tasks.outbox.entries().length)
const openPanel = async (page: Page) => page.locator('.brandkit-pill').click()

/** A page that follows a task by its stream. */
async function openWithTask(): Promise<{ page: Page; taskId: string }> {
  const { taskId } = browser.app.server.seed({ title: 'Running', status: 'processing' })
  const page = await browser.openTab('a')
  await expect.poll(() => connectionOf(page)).toBe('live')
  await expect.poll(() => titlesOf(page)).toBe('Running: processing')
  return { page, taskId }
}

describe('a page with an event stream', () => {
  it('makes no status request while a task runs, and no request at all after its end', async () => {
    const { page, taskId } = await openWithTask()
    for (const progress of [20, 40, 60]) {
      browser.app.server.change(taskId, { progress })
      await expect.poll(() => page.locator('.brandkit-pill').textContent()).toContain(`${progress}%`)
    }
    browser.app.server.change(taskId, ends.completed())
    await expect.poll(() => titlesOf(page)).toBe('Running: completed')
    // The page closes the stream, because no task can send news any more.
    await expect.poll(() => browser.app.server.openStreams()).toBe(0)
    expect(browser.count('a', 'status')).toBe(0)

    const before = browser.app.requests.length
    await setVisible(page, 'hidden')
    await setVisible(page, 'visible')
    await page.evaluate(() => window.tasks.follower.poll())
    expect(browser.app.requests).toHaveLength(before)
  })

  it('goes on by polling when the stream is blocked', async () => {
    browser.app.network.isStreamBlocked = true
    const { taskId } = browser.app.server.seed({ title: 'Running', status: 'processing' })
    const page = await browser.openTab('a')
    await expect.poll(() => titlesOf(page)).toBe('Running: processing')
    await expect.poll(() => browser.count('a', 'status')).toBeGreaterThan(0)
    expect(await connectionOf(page)).toBe('polling')
    browser.app.server.change(taskId, ends.completed())
    await expect.poll(() => titlesOf(page)).toBe('Running: completed')
  })

  it('asks nothing in a hidden tab without a stream, and at once when it is seen again', async () => {
    browser.app.network.isStreamBlocked = true
    const { taskId } = browser.app.server.seed({ title: 'Running', status: 'processing' })
    const page = await browser.openTab('a')
    await expect.poll(() => browser.count('a', 'status')).toBeGreaterThan(1)
    await page.clock.install()
    await setVisible(page, 'hidden')
    const before = browser.app.requests.length
    browser.app.server.change(taskId, ends.completed())
    await page.clock.runFor(10 * 60_000)
    expect(browser.app.requests).toHaveLength(before)

    await page.clock.resume()
    await setVisible(page, 'visible')
    await expect.poll(() => titlesOf(page)).toBe('Running: completed')
  })

  it('knows what happened while the device slept for eight hours', async () => {
    const { page, taskId } = await openWithTask()
    browser.app.network.silenceStreams()
    browser.app.server.change(taskId, ends.completed())
    await page.evaluate(() => {
      window.ahead = 8 * 60 * 60_000
      window.dispatchEvent(new Event('online'))
    })
    await expect.poll(() => titlesOf(page)).toBe('Running: completed')
    expect(browser.count('a', 'events')).toBe(2)
  })

  it('asks ten times a tick at most for 1,000 tasks, and less than 300 times a minute', async () => {
    browser.app.network.isStreamBlocked = true
    for (let index = 0; index < 1_000; index++) browser.app.server.seed({ status: 'processing' })
    const page = await browser.context.newPage()
    await page.clock.install()
    await page.goto(`${browser.app.url}/?tab=a`)
    await expect.poll(() => page.evaluate(() => window.tasks.session.registry.ids().length)).toBe(1_000)
    const isQuiet = () => expect.poll(() => page.evaluate(() => window.tasks.queryClient.isFetching())).toBe(0)
    // From here on, only the seconds below cause requests. We pause a minute ahead, because the page's clock still runs
    // until the call arrives.
    await page.clock.pauseAt(await page.evaluate(() => Date.now() + 60_000))
    await isQuiet()
    const before = browser.count('a', 'status')

    await page.evaluate(() => {
      const { follower } = window.tasks
      const { poll } = follower
      window.told = []
      follower.poll = (options) => {
        window.told.push('tick')
        return poll(options)
      }
      const { fetch } = window
      window.fetch = (address, init) => {
        if (new Request(address).url.includes('action=status')) window.told.push('status')
        return fetch(address, init)
      }
    })
    for (let second = 0; second < 60; second++) {
      await page.clock.runFor(1_000)
      // The requests of this second are answered before the next second.
      await isQuiet()
    }
    const asked = browser.count('a', 'status') - before
    const ticks = (await toldOf(page))
      .join(' ')
      .split('tick')
      .map((tick) => tick.split('status').length - 1)
    expect(ticks.reduce((sum, count) => sum + count, 0)).toBe(asked)
    expect(Math.max(...ticks)).toBeLessThanOrEqual(10)
    expect(asked).toBeLessThan(300)
    expect(asked).toBeGreaterThan(20)
  })
})

describe('a page without a network', () => {
  it('keeps what it shows, and sends what was created once, when the network is back', async () => {
    const { page } = await openWithTask()
    await openPanel(page)
    await browser.context.setOffline(true)
    await expect.poll(() => connectionOf(page)).toBe('offline')
    await generate(page)
    await expect.poll(() => unsentOf(page)).toBe(1)
    expect(await titlesOf(page)).toBe('Running: processing')
    expect(await page.locator('.brandkit-panel').textContent()).toContain('Not sent yet')

    await browser.context.setOffline(false)
    await expect.poll(() => unsentOf(page)).toBe(0)
    await expect.poll(() => titlesOf(page)).toMatch(/Campaign.*: queued, Running: processing/)
    await expect.poll(() => connectionOf(page)).toBe('live')
    expect(browser.app.server.tasks()).toHaveLength(2)
    expect(browser.count('a', 'create')).toBe(1)
    expect(await toldOf(page)).toEqual(['started leader'])
  })

  it('sends what an earlier page has left, once from two tabs', async () => {
    const { page } = await openWithTask()
    await browser.context.setOffline(true)
    await generate(page)
    await expect.poll(() => unsentOf(page)).toBe(0)
    await expect.poll(() => keysOf(page)).toContain('brandkit:outbox:ada')
    await page.close()
    await browser.context.setOffline(false)
    for (const tab of await Promise.all([browser.openTab('b'), browser.openTab('c')]))
      await expect.poll(() => titlesOf(tab)).toMatch(/Campaign/)
    expect(browser.app.server.tasks()).toHaveLength(2)
    expect(browser.count('b', 'create') + browser.count('c', 'create')).toBe(1)
  })

  it('makes one task of two clicks and a reload, and the form has it once it was sent', async () => {
    const { page } = await openWithTask()
    await openPanel(page)
    await browser.context.setOffline(true)
    await expect.poll(() => connectionOf(page)).toBe('offline')
    await generate(page)
    await generate(page)
    await expect.poll(() => page.getByTestId('status').textContent()).toBe('kept')
    expect(await page.getByTestId('error').textContent()).toBe('none')
    expect(await entriesOf(page)).toBe(1)
    const row = page.locator('[data-phase="unsent"]')
    expect(await row.textContent()).toContain('Media plan: Campaign 1Will start when you are online')
    await browser.context.setOffline(false)
    await expect.poll(() => page.getByTestId('status').textContent()).toBe('queued')
    expect(browser.app.server.tasks()).toHaveLength(2)

    await browser.context.setOffline(true)
    await generate(page)
    await expect.poll(() => entriesOf(page)).toBe(1)
    // The page itself comes from a cache in an app that works offline; here only the protocol is cut.
    browser.app.network.isCut = true
    await browser.context.setOffline(false)
    await page.reload()
    await generate(page)
    await expect.poll(() => page.getByTestId('status').textContent()).toBe('kept')
    expect(await entriesOf(page)).toBe(1)
    browser.app.network.isCut = false
    await page.evaluate(() => window.dispatchEvent(new Event('online')))
    await expect.poll(() => entriesOf(page)).toBe(0)
    expect(browser.app.server.tasks()).toHaveLength(3)
  })

  it('makes one task of two clicks while the network is slow', async () => {
    const { page } = await openWithTask()
    const release = browser.app.network.holdReplies()
    await generate(page)
    await generate(page)
    await expect.poll(() => browser.count('a', 'create')).toBe(1)
    release()
    await expect.poll(() => page.getByTestId('status').textContent()).toBe('queued')
    expect(browser.count('a', 'create')).toBe(1)
    expect(browser.app.server.tasks()).toHaveLength(2)
  })

  it('shows in every tab what is not sent yet', async () => {
    const { page } = await openWithTask()
    const other = await browser.openTab('b')
    await expect.poll(() => connectionOf(other)).toBe('live')
    await browser.context.setOffline(true)
    await generate(page)
    for (const tab of [page, other]) await expect.poll(() => entriesOf(tab)).toBe(1)
    await browser.context.setOffline(false)
    for (const tab of [page, other]) await expect.poll(() => entriesOf(tab)).toBe(0)
    expect(browser.count('a', 'create') + browser.count('b', 'create')).toBe(1)
  })

  it('offers what is older than a day instead of sending it', async () => {
    const { page } = await openWithTask()
    await openPanel(page)
    await browser.context.setOffline(true)
    await generate(page)
    await expect.poll(() => unsentOf(page)).toBe(1)
    await page.evaluate(() => {
      window.ahead = 25 * 60 * 60_000
    })
    await browser.context.setOffline(false)
    const row = page.locator('[data-phase="unsent"]')
    await expect.poll(() => row.getByRole('button').allTextContents()).toEqual(['Send now', 'Discard'])
    expect(browser.app.server.tasks()).toHaveLength(1)
    await row.getByRole('button', { name: 'Send' }).click()
    await expect.poll(() => browser.app.server.tasks()).toHaveLength(2)
  })

  it('makes one task of a create whose answer was lost, though the page was loaded again', async () => {
    const { page } = await openWithTask()
    browser.app.network.losesNextReply = true
    await generate(page)
    // The stream tells of the task, and its trace id says whose it is.
    await expect.poll(() => page.getByTestId('status').textContent()).toBe('queued')
    expect(await page.getByTestId('error').textContent()).toBe('none')
    await page.reload()
    await expect.poll(() => titlesOf(page)).toMatch(/Campaign/)
    await expect.poll(() => keysOf(page)).not.toContain('brandkit:outbox:ada')
    expect(browser.app.server.tasks()).toHaveLength(2)
  })
})

describe('credentials that expire while a task runs', () => {
  it('are renewed once, and nobody notices', async () => {
    const { page, taskId } = await openWithTask()
    browser.app.network.token = 'second'
    browser.app.network.renewal = 'second'
    browser.app.server.send({ event: 'unauthenticated', data: {} })
    await expect.poll(() => browser.app.server.openStreams()).toBe(1)
    browser.app.server.change(taskId, ends.completed())
    await expect.poll(() => titlesOf(page)).toBe('Running: completed')
    expect(browser.count('a', 'status')).toBe(0)
  })

  it('and cannot be renewed are told, with no task shown as failed; a sign-in goes on', async () => {
    const { page, taskId } = await openWithTask()
    await openPanel(page)
    browser.app.network.token = 'second'
    browser.app.server.send({ event: 'unauthenticated', data: {} })
    await expect.poll(() => connectionOf(page)).toBe('auth-required')
    expect(await titlesOf(page)).toBe('Running: processing')
    expect(await page.locator('[data-connection="auth-required"]').count()).toBe(1)
    expect(await page.locator('[data-phase="failed"]').count()).toBe(0)

    browser.app.network.renewal = 'second'
    browser.app.server.change(taskId, ends.completed())
    await page.evaluate(() => window.tasks.follower.wake())
    await expect.poll(() => titlesOf(page)).toBe('Running: completed')
  })
  it('keep a create, which runs after the sign-in that the panel offers', async () => {
    const page = await browser.openTab('a')
    browser.app.network.token = 'second'
    await generate(page)
    await expect.poll(() => page.getByTestId('status').textContent()).toBe('kept')
    await openPanel(page)
    const row = page.locator('[data-phase="unsent"]')
    await expect.poll(() => row.textContent()).toContain('Will start when you have signed in')
    const before = browser.app.requests.length
    await page.locator('.brandkit-note').getByRole('button', { name: 'Sign in' }).click()
    // The app has signed nobody in, so the create is refused again, and waits.
    await expect.poll(() => browser.app.requests.length).toBeGreaterThan(before)
    await expect.poll(() => connectionOf(page)).toBe('auth-required')

    browser.app.network.renewal = 'second'
    await page.locator('.brandkit-note').getByRole('button', { name: 'Sign in' }).click()
    await expect.poll(() => page.getByTestId('status').textContent()).toBe('queued')
    expect(browser.app.server.tasks()).toHaveLength(1)
    expect(await page.evaluate(() => document.activeElement?.closest('.brandkit-panel') !== null)).toBe(true)
  })
})
