import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type OpenStorybook, openStorybook, readEntries } from './open-storybook.js'

let storybook: OpenStorybook
let page: Page
let complaints: string[]

beforeAll(async () => {
  storybook = await openStorybook()
  page = await storybook.newPage()
  page.on('pageerror', (error) => complaints.push(error.stack ?? error.message))
  page.on('console', (message) => {
    // The browser logs answers that a story's server refuses on purpose.
    const isRefusal = message.location().url.includes('/api/jobs/')
    if (message.type() === 'error' && !isRefusal) complaints.push(message.text())
  })
})
afterAll(() => storybook.close())

const entries = readEntries()
const stories = entries.filter(({ type }) => type === 'story')
const pages = entries.filter(({ type }) => type === 'docs')

/** The messages that Storybook shows instead of a story or a page. */
const readErrors = async () =>
  page.locator('.sb-errordisplay:visible, .sb-story > pre:visible, .sb-nopreview:visible').allInnerTexts()

describe('the built Storybook', () => {
  it('has pages and stories', () => {
    expect(pages.length).toBeGreaterThan(4)
    expect(stories.length).toBeGreaterThan(40)
  })

  it.each(stories)('shows the story $title: $name without an error', async ({ id, type }) => {
    complaints = []
    await page.goto(storybook.urlOf({ id, type }))
    // Set by the preview after the play function.
    await page.waitForFunction((name) => Reflect.get(window, 'playedStory') === name, id)
    expect(await readErrors()).toEqual([])
    expect(complaints).toEqual([])
  })

  it.each(pages)('shows the page $title: $name without an error', async ({ id, type }) => {
    complaints = []
    await page.goto(storybook.urlOf({ id, type }))
    await page.locator('#storybook-docs h1').first().waitFor()
    await showAllPreviews()
    expect(await readErrors()).toEqual([])
    expect(complaints).toEqual([])
  })
})

/** Scrolls from one preview of the page to the next, as a reader does, and waits for each. */
async function showAllPreviews(): Promise<void> {
  for (const preview of await page.locator('.docs-story').all()) {
    await preview.scrollIntoViewIfNeeded()
    await preview.locator('.story-frame, iframe, .sb-errordisplay, .sb-story > pre').first().waitFor()
  }
}
