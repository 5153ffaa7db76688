import type { Page } from 'playwright'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type OpenStorybook, openStorybook, readEntries } from './open-storybook.js'
import { openBook, type Picture, type PictureBook, toPicture, writeBook } from './picture-book.js'
import { toView, type ViewName, viewsOf } from './views.js'

/** Set by `pnpm run pictures`: the pictures are taken anew instead of compared. */
const isUpdate = process.env['PICTURES'] === 'update'

const stories = readEntries().filter(({ type }) => type === 'story')
const components = Map.groupBy(stories, ({ title }) => title)

let storybook: OpenStorybook
let page: Page

beforeAll(async () => {
  storybook = await openStorybook()
  page = await storybook.newPage()
})
afterAll(() => storybook.close())

it('there are stories', () => {
  expect(stories.length).toBeGreaterThan(40)
})

// Each story is opened once: it plays, it logs no error, and it looks as it did in every view.
describe.each([...components])('the stories of %s', (component, own) => {
  const taken = new Map<string, Map<ViewName, Picture>>()
  let book: PictureBook
  let isOpen = false

  beforeAll(async () => {
    book = await openBook(component)
  })
  beforeEach(async () => {
    if (isOpen) return
    // A story that failed may leave anything behind.
    await page.close()
    page = await storybook.newPage()
    const [first] = own
    if (first) await storybook.open(page, storybook.urlOf(first), () => hasPlayed(first.id))
  })
  afterAll(async () => {
    // A book without the stories that failed would lose their pictures.
    if (isUpdate && taken.size === own.length) await writeBook(component, taken)
  })

  it.each(own)('$name', async ({ id, name }) => {
    isOpen = false
    await page.emulateMedia({ forcedColors: id.includes('forced-colours') ? 'active' : 'none' })
    await setView(component, 'light')
    await select(id)

    const pictures = new Map<ViewName, Picture>()
    const differences: string[] = []
    for (const view of await viewsOf(page)) {
      await setView(component, view)
      const compare = (picture: Picture) => (isUpdate ? undefined : book.compare(`${name}, ${view}`, picture))
      const picture = await takePicture(compare)
      pictures.set(view, picture)
      const difference = compare(picture)
      if (difference !== undefined)
        differences.push(`${view}: ${difference} See ${await book.keepDifference(`${name}, ${view}`, picture)}`)
    }
    taken.set(name, pictures)
    isOpen = true
    expect(await storybook.complaintsOf(page)).toEqual([])
    expect(differences).toEqual([])
  })

  it('are all that have pictures', () => {
    const names = new Set([...taken].flatMap(([name, views]) => [...views.keys()].map((view) => `${name}, ${view}`)))
    expect(isUpdate ? [] : book.names.filter((name) => !names.has(name))).toEqual([])
  })
})

/** Selects a story of the page that is open, as a click in the sidebar does; that costs less than a new page. */
async function select(storyId: string): Promise<void> {
  await emit('setCurrentStory', { storyId, viewMode: 'story' })
  await hasPlayed(storyId)
}

/** The preview sets `playedStory` after a play function that went well. */
const hasPlayed = async (storyId: string) =>
  page.waitForFunction(
    (id) => Reflect.get(window, 'playedStory') === id || document.querySelector('.sb-show-errordisplay'),
    storyId,
  )

/** Changes the size, and the toolbar's settings; the story that is shown keeps its state. */
async function setView(component: string, view: ViewName): Promise<void> {
  const { width, height, globals } = toView(component, view)
  await page.setViewportSize({ width, height })
  await emit('updateGlobals', { globals })
  await page.waitForFunction(({ theme, locale }) => {
    const frame = document.querySelector<HTMLElement>('.story-frame')
    return !frame || frame.dataset['looks'] === 'own' || (frame.dataset['theme'] === theme && frame.lang === locale)
  }, globals)
  await page.evaluate(async () => document.fonts.ready)
}

async function emit(event: string, data: object): Promise<void> {
  await page.evaluate(
    ([name, content]) => {
      const channel = Reflect.get(window, '__STORYBOOK_ADDONS_CHANNEL__') as {
        emit(name: string, content: object): void
      }
      channel.emit(name, content)
    },
    [event, data] as const,
  )
}

/** Takes a picture that has come to rest: it equals the one of the book, or the one before. */
async function takePicture(compare: (picture: Picture) => string | undefined): Promise<Picture> {
  let before: Picture | undefined
  for (let turn = 0; turn < 10; turn += 1) {
    const picture = await toPicture(await page.screenshot({ animations: 'disabled', caret: 'hide' }))
    const isExpected = !isUpdate && compare(picture) === undefined
    if (isExpected || before?.data.equals(picture.data)) return picture
    before = picture
  }
  throw new Error('The story does not come to rest.')
}
