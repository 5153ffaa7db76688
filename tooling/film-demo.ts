// Makes docs/screenshots/demo.webp, the moving picture of the README, of the built demo: `npx -y pnpm@12.21.0 film`.
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { launchOptions } from '@brandkit/tooling/chromium'
import { chromium, type Page } from 'playwright'
import sharp from 'sharp'

const ROOT = join(import.meta.dirname, '..')
const OUT = join(ROOT, 'docs/screenshots/demo.webp')
const SIZE = { width: 960, height: 600 }
/** The time between two pictures, in milliseconds. Longer makes a smaller file. */
const FRAME_MS = 250

const dataFolder = await mkdtemp(join(tmpdir(), 'brandkit-film-'))
const demo = spawn(process.execPath, [join(ROOT, 'apps/demo/server/main.ts')], {
  env: { ...process.env, PORT: '0', BRANDKIT_DATA: dataFolder, BRANDKIT_PACE_MS: '1500', LOG_LEVEL: 'silent' },
  stdio: ['ignore', 'pipe', 'inherit'],
})
const browser = await chromium.launch({ ...launchOptions, headless: true })
try {
  const page = await browser.newPage({ viewport: SIZE, baseURL: await address() })
  await page.goto('/')
  await page.locator('.person:has([data-person=ada])').click()
  await page.locator('.hero').waitFor()
  await page.goto('/media-plan')
  const frames = await film(page, act)
  await sharp(frames, { join: { animated: true } })
    .webp({
      quality: 70,
      effort: 6,
      loop: 0,
      delay: frames.map((_, at) => (at === frames.length - 1 ? 3_000 : FRAME_MS)),
    })
    .toFile(OUT)
  console.log(`${OUT}: ${frames.length} pictures`)
} finally {
  await browser.close()
  demo.kill()
  await rm(dataFolder, { recursive: true, force: true, maxRetries: 5 })
}

/** Asks for a media plan, looks at the panel, reloads the page in the middle, and waits for the toast. */
async function act(page: Page): Promise<void> {
  await page.locator('.page-head .button').click()
  await page.locator('.example button').click()
  await page.locator('.task-form [type=submit]').click()
  await page.locator('.brandkit-pill').click()
  await page.waitForTimeout(3_000)
  await page.reload()
  await page.locator('.brandkit-toast[data-phase=completed]').waitFor()
  await page.waitForTimeout(1_000)
}

/** Pictures of the page, one each `FRAME_MS`, from the beginning of the scene to its end. */
async function film(page: Page, scene: (page: Page) => Promise<void>): Promise<Buffer[]> {
  const frames: Buffer[] = []
  const over = new AbortController()
  const played = scene(page).finally(() => over.abort())
  while (!over.signal.aborted) {
    const next = performance.now() + FRAME_MS
    frames.push(await page.screenshot({ animations: 'allow' }))
    await page.waitForTimeout(Math.max(0, next - performance.now()))
  }
  await played
  return frames
}

/** Resolves to the demo's address when it listens. */
async function address(): Promise<string> {
  for await (const chunk of demo.stdout) {
    const [, url] = /^listening on (http:\S+)$/m.exec(String(chunk)) ?? []
    if (url) return url
  }
  throw new Error('The demo ended before it listened.')
}
