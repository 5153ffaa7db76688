// Photographs the result of every section for docs/screenshots. Run `pnpm --filter demo build`, then
// `node e2e/contact-sheet.ts` in apps/demo.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { composeSheet, type SheetPicture } from '@brandkit/tooling/compose-sheet'
import { openStudio } from './open-studio.ts'
import { signIn } from './walk.ts'

const SHEETS = [
  {
    name: 'demo-sections-light',
    colorScheme: 'light',
    viewport: { width: 1_280, height: 900 },
    columns: 5,
    width: 300,
  },
  { name: 'demo-sections-dark', colorScheme: 'dark', viewport: { width: 1_280, height: 900 }, columns: 5, width: 300 },
  { name: 'demo-phone-light', colorScheme: 'light', viewport: { width: 375, height: 760 }, columns: 10, width: 180 },
  { name: 'demo-phone-dark', colorScheme: 'dark', viewport: { width: 375, height: 760 }, columns: 10, width: 180 },
] as const

const OUT = path.join(import.meta.dirname, '../../../docs/screenshots')

const folder = await mkdtemp(path.join(tmpdir(), 'brandkit-shots-'))
const studio = await openStudio({ paceMs: 0 })
try {
  const { page } = await studio.visit()
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await signIn(page, 'Ada')
  await page.getByRole('button', { name: 'All ten for Aurora' }).click()
  await page.locator('.task[data-status=completed]').nth(9).waitFor()
  const addresses = await page
    .locator('.task')
    .getByRole('link')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''))
  for (const { name, colorScheme, viewport, columns, width } of SHEETS) {
    await page.emulateMedia({ colorScheme })
    await page.setViewportSize(viewport)
    const pictures: SheetPicture[] = []
    for (const address of addresses) {
      await page.goto(address)
      await page.getByRole('button', { name: 'Save JSON' }).waitFor()
      // Charts load as a separate chunk, so they appear later.
      await page.waitForLoadState('networkidle')
      const file = path.join(folder, `${name}-${pictures.length}.png`)
      await page.screenshot({ path: file })
      pictures.push({ path: file, caption: address.split('/')[1] ?? '' })
    }
    await composeSheet({
      browser: studio.browser,
      title: name,
      pictures,
      columns,
      width,
      path: path.join(OUT, `${name}.png`),
    })
  }
} finally {
  await studio.close()
  await rm(folder, { recursive: true, force: true })
}
