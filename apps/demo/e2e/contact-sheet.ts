// Photographs every screen of the studio for docs/screenshots: in light, in dark and on a phone. Run `pnpm --filter demo build`,
// then `node e2e/contact-sheet.ts` in apps/demo, with a folder to get each picture in a file of its own. The studio speaks German
// with DEMO_LANGUAGE=de, and Arabic with DEMO_LANGUAGE=ar.
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { FatalTaskError } from '@brandkit/core'
import { composeSheet, type SheetPicture } from '@brandkit/tooling/compose-sheet'
import type { Page } from 'playwright'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { openDataFolder } from '../server/data-folder.ts'
import { readEnvironment } from '../server/environment.ts'
import { fillWithWeek } from '../server/seed/seed-week.ts'
import { createDataFolder, openStudio, type Studio, type Visit } from './open-studio.ts'

const OUT = path.join(import.meta.dirname, '../../../docs/screenshots')
const WIDE = { width: 1_280, height: 900 }
const PHONE = { width: 375, height: 760 }
/** Results are longer than a window. */
const RESULT_HEIGHT = 1_500
/** The width of A4 at 96 pixels an inch. */
const PAPER_WIDTH = 794

const VIEWS = {
  light: { colorScheme: 'light', viewport: WIDE, columns: 5, width: 600 },
  dark: { colorScheme: 'dark', viewport: WIDE, columns: 5, width: 600 },
  phone: { colorScheme: 'light', viewport: PHONE, columns: 10, width: 300 },
  'phone-dark': { colorScheme: 'dark', viewport: PHONE, columns: 10, width: 300 },
} as const
type View = keyof typeof VIEWS

interface Screen {
  caption: string
  /** Goes to the screen, once for all views. */
  open: (visit: Visit) => Promise<unknown>
  /** Whether it is photographed as it is printed. */
  isPrinted?: true
  /** Repeats what a change of the window undoes, such as hovering. */
  pose?: (page: Page) => Promise<unknown>
}

// The last one succeeds: its toast would not wait for others.
const CAMPAIGNS = [
  ['Winter launch', 'The brief names a private person. Leave the name out, and try again.'],
  ['Late shift', 'The brief is about alcohol, which the model declines. Change the brief, and try again.'],
  ['Spring on the terrace', undefined],
] as const
/** Why the next steps fail, while the picture of a failure is prepared. */
let refusal: string | undefined
function beforeStep(step: string): void {
  if (refusal && step === 'reach') throw new FatalTaskError(refusal)
}

// Elements are found by their places, because their words have the language of the studio.
const submit = (page: Page) => page.locator('.form-end .button').click()
const rows = (page: Page, status = '') => page.locator(`.task${status && `[data-status=${status}]`}`)
const at = (place: string) => (visit: Visit) => visit.page.goto(place)

const AT_REST: readonly Screen[] = [
  { caption: 'Sign in', open: ({ page }) => page.goto('/') },
  {
    caption: 'Overview',
    async open({ page }) {
      await signIn(page, 'ada')
      await rows(page).first().waitFor()
    },
  },
  { caption: 'A section', open: at('/media-plan') },
  {
    caption: 'Start anything (⌘K)',
    async open({ page }) {
      await page.goto('/personas')
      await page.setViewportSize(WIDE)
      await page.locator('.palette-button').click()
      await page.locator('[cmdk-item]').first().waitFor()
    },
  },
  {
    caption: 'A form',
    async open({ page }) {
      await page.goto('/media-plan/new')
      await page.locator('.example button').click()
    },
  },
  {
    caption: 'A form with errors',
    async open({ page }) {
      await page.goto('/funnel-campaign/new')
      await page.locator('.task-form').waitFor()
      await submit(page)
      await page.locator('.mistake-summary').waitFor()
    },
  },
  {
    caption: 'Toasts',
    async open({ page }) {
      await page.goto('/media-plan')
      for (const [name, reason] of CAMPAIGNS) {
        refusal = reason
        await generateExample(page, name)
        const end = page.locator('.brandkit-toast:is([data-phase=completed], [data-phase=failed])')
        await end.filter({ hasText: name }).waitFor()
        await end.first().hover()
      }
    },
    pose: (page) => page.locator('.brandkit-toast').first().hover(),
  },
  {
    caption: 'A failed task',
    async open({ page }) {
      await page.goto('/history?status=failed')
      await page.locator('[data-component=task-history] [data-task-id] a').first().click()
      await page.locator('.making').waitFor()
    },
  },
  { caption: 'History', open: at('/history') },
  { caption: 'Not found', open: at('/media-kit/2026') },
  { caption: 'Not allowed', open: at('/ops') },
]

const AT_WORK: readonly Screen[] = [
  {
    caption: 'A running task',
    async open({ page }) {
      await signIn(page, 'ada')
      await page.goto('/content-package')
      await generateExample(page)
      await rows(page, 'processing').getByRole('link').first().click()
      await page.locator('.post').nth(2).waitFor()
    },
  },
  { caption: 'Its trace', open: ({ page }) => page.locator('.toolbar [aria-expanded]').click() },
  {
    caption: 'All ten at once',
    async open({ page }) {
      await page.goto('/')
      await page.locator('.batch-button button').click()
      await rows(page, 'completed').nth(2).waitFor()
    },
  },
  { caption: 'The panel', open: ({ page }) => page.locator('.brandkit-pill').click() },
  {
    caption: 'Operations',
    async open({ page }) {
      await signIn(page, 'grace')
      await page.goto('/ops')
      await page.locator('[data-task]').first().waitFor()
    },
  },
  {
    caption: 'Operations: a failure',
    async open({ page }) {
      await page.locator('[data-task][data-phase=failed]').first().click()
      await page.locator('.brandkit-drawer-tools').waitFor()
    },
  },
  {
    caption: 'The session has expired',
    async open({ page, context }) {
      await page.goto('/media-plan')
      await rows(page).first().waitFor()
      await context.clearCookies()
      await generateExample(page, 'Holiday gift boxes')
      await page.locator('.brandkit-toast').waitFor()
    },
  },
  {
    caption: 'A first visit',
    async open({ page }) {
      await signIn(page, 'linus')
      await page.request.delete('/api/demo/own-data')
      await signIn(page, 'linus')
      await page.goto('/brand-kit')
    },
  },
  {
    caption: 'A result on paper',
    isPrinted: true,
    async open({ page }) {
      await signIn(page, 'ada')
      await page.goto('/media-plan')
      await rows(page, 'completed').first().getByRole('link').first().click()
      await page.locator('.result .card').first().waitFor()
    },
  },
]

async function signIn(page: Page, personId: string): Promise<void> {
  await page.context().clearCookies()
  await page.goto('/')
  await page.locator(`.person:has([data-person=${personId}])`).click()
  await page.locator('.hero').waitFor()
}

/** Asks for what the page is about, with the example of its form. */
async function generateExample(page: Page, name?: string): Promise<void> {
  await page.locator('.page-head .button').click()
  await page.locator('.example button').click()
  if (name !== undefined) await page.locator('.task-form input').first().fill(name)
  await submit(page)
  await page.locator('.task-form').waitFor({ state: 'detached' })
}

async function photograph(page: Page, screen: Screen, { sheet, view }: Place, file: string): Promise<void> {
  const { isPrinted, pose } = screen
  const { colorScheme, viewport } = VIEWS[view]
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce', media: isPrinted ? 'print' : 'screen' })
  const width = isPrinted ? PAPER_WIDTH : viewport.width
  const height = sheet === 'results' ? RESULT_HEIGHT : Math.round((viewport.height * width) / viewport.width)
  await page.setViewportSize({ width, height })
  // A photograph has no margins of a page.
  await page.locator('body').evaluate((body, padding) => (body.style.padding = padding), isPrinted ? '14mm' : '')
  await page.mouse.move(0, 0)
  await pose?.(page)
  await page.evaluate('document.fonts.ready')
  await page.screenshot({ path: file })
}

interface Place {
  sheet: 'screens' | 'results'
  view: View
}
type Shot = Place & SheetPicture

const ownFolder = process.argv[2]
const folder = ownFolder ?? (await mkdtemp(path.join(tmpdir(), 'brandkit-shots-')))
const shots: Shot[] = []

/** Photographs screens one after the other, each in every view of its sheet. */
async function photographAll(visit: Visit, screens: readonly Screen[], sheet: Shot['sheet']): Promise<void> {
  for (const screen of screens) {
    await screen.open(visit)
    for (const view of Object.keys(VIEWS) as View[]) {
      if (sheet === 'screens' && view === 'phone-dark') continue
      const file = path.join(folder, `${screen.caption} ${view}.png`.toLowerCase().replaceAll(/[^a-z0-9.]+/g, '-'))
      await photograph(visit.page, screen, { sheet, view }, file)
      shots.push({ path: file, caption: screen.caption, view, sheet })
    }
  }
}

/** The page of each of the ten results, made for one brand. */
async function makeResults({ page }: Visit): Promise<Screen[]> {
  await signIn(page, 'ada')
  await page.locator('.batch-button button').click()
  await rows(page, 'completed').nth(9).waitFor()
  const links = rows(page)
    .getByRole('link')
    .filter({ has: page.locator('.task-title') })
  const addresses = await links.evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''))
  return addresses.map((address) => ({
    caption: address.split('/')[1] ?? '',
    async open() {
      await page.goto(address)
      await page.locator('.result .card').first().waitFor()
      // Charts load as a chunk of their own, so they appear later.
      await page.waitForLoadState('networkidle')
    },
  }))
}

/** Opens the studio in the wanted language, and closes it when the work is done. */
async function inStudio(paceMs: number, work: (visit: Visit, studio: Studio) => Promise<void>): Promise<void> {
  const studio = await openStudio({ paceMs, dataFolder, beforeStep })
  try {
    const visit = await studio.visit()
    const language = process.env['DEMO_LANGUAGE'] ?? 'en'
    // A browser without a window refuses notifications before a page has asked.
    await visit.context.addInitScript(`localStorage.setItem('studio-language', '${language}')
      Object.defineProperty(Notification, 'permission', { value: 'default' })`)
    await work(visit, studio)
  } finally {
    await studio.close()
  }
}

const dataFolder = await createDataFolder()
try {
  await mkdir(folder, { recursive: true })
  // As `npm run demo:seed` does.
  await fillWithWeek(openDataFolder(dataFolder).database, readEnvironment({}))
  await inStudio(0, async (visit) => {
    await photographAll(visit, AT_REST, 'screens')
    await photographAll(visit, await makeResults(visit), 'results')
  })
  await inStudio(5_000, async (visit, { browser }) => {
    await photographAll(visit, AT_WORK, 'screens')
    if (ownFolder !== undefined) return
    const sheets = Map.groupBy(shots, ({ sheet, view }) => `demo-${sheet}-${view}` as const)
    for (const [title, pictures] of sheets) {
      const { columns, width } = VIEWS[pictures[0]?.view ?? 'light']
      await composeSheet({ browser, title, pictures, columns, width, path: path.join(OUT, `${title}.webp`) })
    }
  })
} finally {
  await rm(dataFolder, { recursive: true, force: true })
  if (ownFolder === undefined) await rm(folder, { recursive: true, force: true })
}
