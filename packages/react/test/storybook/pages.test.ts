import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toWord } from '../../.storybook/shared-theme.js'
import { type OpenStorybook, openStorybook, readEntries } from './open-storybook.js'

let storybook: OpenStorybook
let page: Page

beforeAll(async () => {
  storybook = await openStorybook()
  page = await storybook.newPage()
})
afterAll(() => storybook.close())

const pages = readEntries().filter(({ type }) => type === 'docs')

describe('the pages of the built Storybook', () => {
  it('are there, with one for each component', () => {
    const titles = pages.map(({ title }) => title)
    expect(titles).toEqual(expect.arrayContaining(['Start', 'TaskStatusIndicator', 'TaskNotification']))
    expect(titles).toEqual(
      expect.arrayContaining(['Tokens', 'Strings', 'Changes'].map((name) => `Foundations/${name}`)),
    )
  })

  // The frames of a page show stories, and stories.test.ts opens each by the same address.
  it.each(pages)('shows $title without an error', async ({ id, type }) => {
    const frames = /iframe\.html\?id=[^&]+&viewMode=story/
    await page.route(frames, (route) => route.fulfill({ contentType: 'text/html', body: '<title>A story</title>' }))
    await storybook.open(page, storybook.urlOf({ id, type }), () =>
      page.locator('#storybook-docs h1').first().waitFor(),
    )
    expect(await storybook.complaintsOf(page)).toEqual([])
    // Code is for apps: nothing in it is Storybook's.
    expect(await page.locator('pre', { hasText: 'meta.story' }).count()).toBe(0)
    await page.unroute(frames)
  })

  it('describe every prop', async () => {
    for (const { id, type, title } of pages.filter((each) => !each.title.includes('/') && each.title !== 'Start')) {
      await page.goto(storybook.urlOf({ id, type }))
      const rows = page.locator('.docblock-argstable-body tr')
      await rows.first().waitFor()
      const cells = await rows.evaluateAll((all) =>
        all.map((row) => ({ name: row.children[0]?.textContent, description: row.children[1]?.textContent?.trim() })),
      )
      expect({ title, silent: cells.filter(({ description }) => (description ?? '').length < 10) }).toEqual({
        title,
        silent: [],
      })
    }
  })

  it('take a theme from the address into every story', async () => {
    const theme = toWord({ '--brandkit-radius': '3px', '--brandkit-accent': 'light-dark(#0b6bcb, #7cc0ff)' })
    const story = { id: 'taskstatusindicator--every-group', type: 'story' } as const
    const panel = page.locator('.brandkit-panel')
    await storybook.open(page, `${storybook.urlOf(story)}&globals=brand:${theme}`, () => panel.waitFor())
    expect(await panel.evaluate((element) => getComputedStyle(element).borderRadius)).toBe('3px')
  })

  it('find every part of a component in its anatomy', async () => {
    await page.goto(storybook.urlOf({ id: 'taskstatusindicator--docs', type: 'docs' }))
    const parts = page.locator('tr[data-part]')
    await expect
      .poll(() => parts.evaluateAll((rows) => rows.map((row) => row.dataset['found'])))
      .toEqual(Array(9).fill('true'))
    for (const row of await parts.all())
      expect(await row.locator('code').allInnerTexts()).toContainEqual(expect.stringMatching(/^data-phase="/))
  })
})
