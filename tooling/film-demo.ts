// Makes docs/screenshots/demo.webp, the moving picture of the README, of the built demo: `npm run film`.
import { spawn } from 'node:child_process'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { launchOptions } from '@brandkit/tooling/chromium'
import { chromium, type Page } from 'playwright'
import sharp from 'sharp'

const ROOT = join(import.meta.dirname, '..')
const OUT = join(ROOT, 'docs/screenshots/demo.webp')
const SIZE = { width: 960, height: 600 }
/** The shortest time between two pictures, in milliseconds. Longer makes a smaller file. */
const FRAME_MS = 100
/** How long the last picture stays before the film begins again, in milliseconds. */
const END_MS = 3_000

interface Frame {
  picture: Buffer
  /** When it was on the screen, in milliseconds since some moment. */
  at: number
}

const dataFolder = await mkdtemp(join(tmpdir(), 'brandkit-film-'))
const demo = spawn(process.execPath, [join(ROOT, 'apps/demo/server/main.ts')], {
  env: { ...process.env, PORT: '0', BRANDKIT_DATA: dataFolder, BRANDKIT_PACE_MS: '1500', LOG_LEVEL: 'silent' },
  stdio: ['ignore', 'pipe', 'inherit'],
})
const browser = await chromium.launch({ ...launchOptions, headless: true })
try {
  const page = await browser.newPage({ viewport: SIZE, baseURL: await address(), colorScheme: 'light' })
  const frames = await film(page)
  await sharp(
    frames.map(({ picture }) => picture),
    { join: { animated: true } },
  )
    .webp({ quality: 75, effort: 6, minSize: true, loop: 0, delay: delays(frames) })
    .toFile(OUT)
  const seconds = Math.round(delays(frames).reduce((sum, delay) => sum + delay, 0) / 1_000)
  console.log(`${OUT}: ${frames.length} pictures, ${seconds} s, ${Math.round((await stat(OUT)).size / 1_000)} kB`)
} finally {
  await browser.close()
  demo.kill()
  await rm(dataFolder, { recursive: true, force: true, maxRetries: 5 })
}

/** Films what happens after the sign-in, in the time that it takes. */
async function film(page: Page): Promise<Frame[]> {
  const frames: Frame[] = []
  await page.goto('/')
  await page.locator('.person:has([data-person=ada])').click()
  await page.locator('.hero').waitFor()
  await page.goto('/media-plan')
  await page.locator('.page-head .button').waitFor()
  await page.screencast.showActions({ cursor: 'pointer', duration: 700, style: { title: 'display: none' } })
  await page.screencast.start({
    size: SIZE,
    quality: 100,
    onFrame: ({ data, timestamp }) => {
      const last = frames.at(-1)
      if (!last || timestamp - last.at >= FRAME_MS) frames.push({ picture: data, at: timestamp })
      // The newest picture of a moment counts, or the film would show a state before its last change.
      else last.picture = data
    },
  })
  await act(page)
  await page.screencast.stop()
  return frames
}

/** Asks for a media plan, goes on to another page, looks at the panel, and opens the plan from the toast. */
async function act(page: Page): Promise<void> {
  await page.locator('.page-head .button').click()
  await page.locator('.example button').click()
  await page.waitForTimeout(700) // for the reader of the film
  await page.locator('.form-end .button').click()
  await page.locator('.brandkit-pill').waitFor()
  await page.locator('nav a[href="/personas"]').first().click()
  await page.locator('.brandkit-pill').click()
  await page.waitForTimeout(4_000)
  // An open panel tells of the end itself, so no toast appears beside it.
  await page.keyboard.press('Escape')
  const toast = page.locator('.brandkit-toast[data-phase=completed]')
  await toast.waitFor({ timeout: 120_000 })
  await page.waitForTimeout(1_000)
  await toast.getByRole('button').first().click()
  await page.locator('.result .card').first().waitFor()
  await page.waitForTimeout(1_000)
}

/** How long each picture stays: until the next one, which is as long as it was on the screen. */
function delays(frames: readonly Frame[]): number[] {
  return frames.map(({ at }, index) => {
    const next = frames[index + 1]
    return next ? Math.round(next.at - at) : END_MS
  })
}

/** Resolves to the demo's address when it listens. */
async function address(): Promise<string> {
  for await (const chunk of demo.stdout) {
    const [, url] = /^listening on (http:\S+)$/m.exec(String(chunk)) ?? []
    if (url) return url
  }
  throw new Error('The demo ended before it listened.')
}
