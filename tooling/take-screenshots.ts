// Takes pictures of the built Storybook's stories: `node tooling/take-screenshots.ts <folder> [part of a story's id] [part of a view's name]`.
// Every story in light and dark, at 1280 and 320 px, left to right and right to left.
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { launchOptions } from '@brandkit/tooling/chromium'
import { serveFolder } from '@brandkit/tooling/serve-folder'
import { type Browser, chromium, type Page } from 'playwright'

const storybook = join(import.meta.dirname, '../packages/react/storybook-static')
const [folder = '', wanted = '', view = ''] = process.argv.slice(2)
if (!folder) fail('Say where the pictures go: node tooling/take-screenshots.ts <folder> [part of a story id]')

const index = await readFile(join(storybook, 'index.json'), 'utf8').catch(() =>
  fail('There is no built Storybook: npm run storybook:build makes one.'),
)
const { entries } = JSON.parse(index) as { entries: Record<string, { id: string; type: string }> }
const stories = Object.values(entries).filter(({ id, type }) => type === 'story' && id.includes(wanted))

const VIEWS = [
  { name: 'light-1280', width: 1280, height: 800, globals: 'theme:light' },
  { name: 'dark-1280', width: 1280, height: 800, globals: 'theme:dark' },
  { name: 'light-320', width: 320, height: 640, globals: 'theme:light' },
  { name: 'dark-320-ar', width: 320, height: 640, globals: 'theme:dark;locale:ar' },
  { name: 'light-1280-ar', width: 1280, height: 800, globals: 'theme:light;locale:ar' },
] as const

/** Where everything happens on a wide screen. */
const CORNERS = { end: { x: 840, y: 130, width: 440, height: 670 }, start: { x: 0, y: 130, width: 440, height: 670 } }

const views = VIEWS.filter(({ name }) => name.includes(view))

const { url, close } = await serveFolder(storybook)
const browser = await chromium.launch(launchOptions)
await mkdir(folder, { recursive: true })
try {
  const waiting = stories.flatMap(({ id }) => views.map((each) => ({ id, view: each })))
  // Two pages at a time, each with its cache, because loading Storybook takes longer than looking at it.
  await Promise.all([takeAll(browser, waiting), takeAll(browser, waiting)])
} finally {
  await browser.close()
  await close()
}
console.log(`${stories.length * views.length} pictures in ${folder}`)

async function takeAll(from: Browser, waiting: { id: string; view: (typeof VIEWS)[number] }[]): Promise<void> {
  const page = await from.newPage({ reducedMotion: 'reduce' })
  let picture = ''
  page.on('pageerror', (error) => console.log(`${picture}: ${error.message}`))
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const { id, view: looks } = next
    picture = `${id}.${looks.name}`
    await takePicture(page, id, looks)
  }
  await page.close()
}

async function takePicture(page: Page, id: string, { name, width, height, globals }: (typeof VIEWS)[number]) {
  await page.setViewportSize({ width, height })
  await page.emulateMedia({ forcedColors: id.includes('forced-colours') ? 'active' : 'none' })
  await page.goto(`${url}/iframe.html?id=${id}&viewMode=story&globals=${globals}`)
  // Set when the play function has come to its end.
  await page.waitForFunction(`window.playedStory === ${JSON.stringify(id)}`)
  const isAtStart = globals.includes('ar') !== id.includes('bottom-start')
  const clip = width > 800 && !/theme|large-text|started/.test(id) ? CORNERS[isAtStart ? 'start' : 'end'] : undefined
  await page.screenshot({ path: join(folder, `${id}.${name}.png`), ...(clip && { clip }) })
}

function fail(sentence: string): never {
  console.error(sentence)
  process.exit(1)
}
