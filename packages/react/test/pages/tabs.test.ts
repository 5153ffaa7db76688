import type { Page } from 'playwright'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ends } from '../ends.js'
import {
  connectionOf,
  isLeader,
  type OpenBrowser,
  openBrowser,
  setVisible,
  titlesOf,
  toastsOf,
  toldOf,
} from './open-browser.js'

let browser: OpenBrowser
let a: Page
let b: Page
let taskId: string

/** Two tabs and a running task. The first tab leads. */
beforeEach(async () => {
  browser = await openBrowser()
  ;({ taskId } = browser.app.server.seed({ title: 'Shared', status: 'processing' }))
  a = await browser.openTab('a')
  await vi.waitUntil(() => isLeader(a))
  b = await browser.openTab('b')
  for (const tab of [a, b]) await vi.waitUntil(async () => (await connectionOf(tab)) === 'live')
})

afterEach(() => browser.close())

const isOver = async (tab: Page) => expect.poll(() => titlesOf(tab)).toMatch(/Shared: completed/)

describe('two tabs of one user', () => {
  it('have one stream in total, and the other hears of everything through the leader', async () => {
    const { server } = browser.app
    expect(server.openStreams()).toBe(1)
    server.change(taskId, ends.completed())
    for (const tab of [a, b]) await isOver(tab)
    expect(browser.count('b', 'events')).toBe(0)
    expect(browser.count('a', 'status') + browser.count('b', 'status')).toBe(0)
  })

  it('know the same of the queue, also a tab that is opened later', async () => {
    const { server } = browser.app
    const { taskId: waiting } = server.seed({ title: 'Waiting', status: 'queued' })
    // Places in the queue change without a change of the tasks.
    server.hints[waiting] = { position: 8 }
    const later = await browser.openTab('later')
    for (const tab of [a, b, later]) {
      await tab.locator('.brandkit-pill').click()
      await tab.getByText('7 tasks ahead').waitFor()
    }
    // On a slow machine the leader reads a place that its stream has not told for a while; the others never do.
    expect(browser.count('b', 'status') + browser.count('later', 'status')).toBe(0)
  })

  it('know at once what either of them creates, dismisses or cancels', async () => {
    await b.getByRole('button', { name: 'Generate' }).click()
    await expect.poll(() => titlesOf(a)).toMatch(/Campaign/)
    await a.evaluate((id) => window.tasks.session.cancel(id), taskId)
    await expect.poll(() => titlesOf(b)).toMatch(/Shared: cancelled/)
    await b.evaluate((id) => window.tasks.session.dismiss(id), taskId)
    await expect.poll(() => titlesOf(a)).not.toMatch(/Shared/)
  })

  it('tell each event in both, once as the leader, and show one toast', async () => {
    await b.getByRole('button', { name: 'Generate' }).click()
    await expect.poll(() => toastsOf(b)).toHaveLength(1)
    browser.app.server.change(taskId, ends.failed())
    await expect.poll(() => toldOf(a)).toEqual(['failed leader'])
    await expect.poll(() => toldOf(b)).toEqual(['started leader', 'failed follower'])
    await expect.poll(() => toastsOf(a)).toHaveLength(1)
    expect(await toastsOf(b)).toHaveLength(1)
  })

  it('let the other take over when the leader is closed', async () => {
    await a.close()
    await expect.poll(() => isLeader(b)).toBe(true)
    await expect.poll(() => browser.app.server.openStreams()).toBe(1)
    browser.app.server.change(taskId, ends.completed())
    await isOver(b)
    expect(browser.count('b', 'events')).toBe(1)
    expect(browser.count('b', 'status')).toBe(0)
  })

  it('let the visible one lead: a hidden leader yields', async () => {
    await setVisible(a, 'hidden')
    await expect.poll(() => isLeader(b)).toBe(true)
    expect(await isLeader(a)).toBe(false)
    const before = browser.app.requests.filter((request) => request.startsWith('a ')).length
    browser.app.server.change(taskId, ends.completed())
    await isOver(b)
    expect(browser.app.requests.filter((request) => request.startsWith('a ')).length).toBe(before)
    // The channel has delivered the end.
    await isOver(a)
  })

  it('keep the stream of the leader while nobody sees either, and ask nothing', async () => {
    await setVisible(b, 'hidden')
    await setVisible(a, 'hidden')
    const before = browser.app.requests.length
    browser.app.server.change(taskId, ends.completed())
    for (const tab of [a, b]) await isOver(tab)
    expect(await isLeader(a)).toBe(true)
    expect(browser.app.requests).toHaveLength(before)
  })

  it('take no message for news that is older, of another version or no message at all', async () => {
    const { server } = browser.app
    const old = server.find(taskId)
    server.change(taskId, ends.completed())
    for (const tab of [a, b]) await isOver(tab)
    await a.evaluate((task) => {
      const channel = new BroadcastChannel('brandkit:tabs:ada:')
      const later = { ...task, version: 99, title: 'Later' }
      const last = { ...later, taskId: 'last', title: 'Last' }
      const messages = [
        null,
        'text',
        { v: 1 },
        { v: 1, kind: 'no such' },
        { v: 2, kind: 'tasks', tasks: [later] },
        { v: 1, kind: 'tasks', tasks: [task], hints: {} },
        { v: 1, kind: 'tasks', tasks: [last], hints: {} },
      ]
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no target
      for (const message of messages) channel.postMessage(message)
    }, old)
    for (const tab of [a, b]) await expect.poll(() => titlesOf(tab)).toMatch(/Last/)
    for (const tab of [a, b]) expect(await titlesOf(tab)).toMatch(/Shared: completed/)
  })

  it('ask in one tab alone where the stream is blocked', async () => {
    const { server, network } = browser.app
    network.isStreamBlocked = true
    server.cutStreams()
    await expect.poll(() => connectionOf(a)).toBe('polling')
    server.change(taskId, ends.completed())
    for (const tab of [a, b]) await isOver(tab)
    expect(browser.count('a', 'status')).toBeGreaterThan(0)
    expect(browser.count('b', 'status')).toBe(0)
  })
})

describe('tabs that cannot agree', () => {
  it('work alone, each with a stream while it is seen', async () => {
    const alone = await openBrowser()
    await alone.context.addInitScript(() => Object.defineProperty(navigator, 'locks', { value: undefined }))
    const { server } = alone.app
    server.seed({ title: 'Mine', status: 'processing' })
    const tabs = [await alone.openTab('a'), await alone.openTab('b')] as const
    for (const tab of tabs) await expect.poll(() => connectionOf(tab)).toBe('live')
    expect(server.openStreams()).toBe(2)
    await setVisible(tabs[0], 'hidden')
    await expect.poll(() => server.openStreams()).toBe(1)
    await alone.close()
  })
})
