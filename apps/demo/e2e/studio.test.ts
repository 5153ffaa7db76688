import { readFileSync } from 'node:fs'
import type { Locator, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { EXAMPLE_PAYLOADS } from '../server/testing/example-payloads.ts'
import { findViolations, openStudio, type Studio, type Visit } from './open-studio.ts'
import { signIn } from './walk.ts'

let studio: Studio
let visit: Visit
let page: Page

beforeAll(async () => {
  studio = await openStudio({ paceMs: 0 })
})
afterAll(() => studio?.close())
beforeEach(async () => {
  visit = await studio.visit()
  page = visit.page
  await signIn(page, 'Ada')
})
afterEach(() => visit.context.close())

/** Creates a task over the API, waits for its end, and returns its id. */
async function make(type: keyof typeof EXAMPLE_PAYLOADS, changes: Record<string, unknown> = {}): Promise<string> {
  const payload = { ...EXAMPLE_PAYLOADS[type], ...changes }
  const created = await page.request.post('/api/jobs?action=create', { data: { type, brandId: 'aurora', payload } })
  const { task } = (await created.json()) as { task: { taskId: string } }
  await expect.poll(async () => (await read(task.taskId)).task?.status).toMatch(/completed|failed/)
  return task.taskId
}

/** A batch of two tasks that end at once. A task that never starts would keep a stream open, and the network would never be idle. */
async function makeBatch(): Promise<string> {
  // A brand has one brand kit under way at a time, so a batch of two would be refused.
  const task = { type: 'GENERATE_TRENDS', brandId: 'aurora', payload: EXAMPLE_PAYLOADS.GENERATE_TRENDS }
  const tasks = [task, task]
  const created = await page.request.post('/api/jobs?action=create', { data: { tasks } })
  expect(created.ok()).toBe(true)
  const { batchId } = (await created.json()) as { batchId: string }
  return batchId
}

interface Reply {
  httpStatus: number
  task?: { status: string; payload: Record<string, unknown>; result: Record<string, unknown> }
}

async function read(taskId: string): Promise<Reply> {
  const response = await page.request.get(`/api/jobs?action=status&taskId=${taskId}`)
  return { httpStatus: response.status(), ...((await response.json()) as object) }
}

async function save(what: string): Promise<Buffer> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: `Save ${what}` }).click(),
  ])
  return readFileSync(await download.path())
}

const overflow = () => page.evaluate('document.documentElement.scrollWidth - innerWidth')
const dialog = () => page.getByRole('dialog')
const focused = () => page.locator(':focus')
const generate = () => dialog().getByRole('button', { name: 'Generate', exact: true }).click()
const row = (taskId: string): Locator => page.locator(`[data-task-id="${taskId}"]`)

describe('a result', () => {
  it('has its brief, and is asked for again with the brief filled in', async () => {
    const taskId = await make('GENERATE_MEDIA_PLAN', {
      campaignName: 'First try',
      budget: 12_000,
      startDate: '2026-01-05',
    })
    await page.goto(`/media-plan/${taskId}`)
    await page.locator('.brief summary').click()
    await page.locator('.brief dd').filter({ hasText: '€12,000' }).waitFor()
    await page.getByRole('link', { name: 'Duplicate' }).click()
    expect(await dialog().getByLabel('Campaign name').inputValue()).toBe('First try')
    await dialog().getByLabel('Campaign name').fill('Second try')
    // The first day of the old plan is over, so the form has a later one.
    expect(Date.parse(await dialog().getByLabel('Start date').inputValue())).toBeGreaterThan(Date.now() - 86_400_000)
    await generate()
    await dialog().waitFor({ state: 'detached' })
    await page.locator('.task').filter({ hasText: 'Second try' }).getByRole('link').click()
    await page.getByRole('heading', { name: 'Budget split' }).waitFor()
    expect((await read(idOf())).task?.payload).toMatchObject({ campaignName: 'Second try', budget: 12_000 })
    expect(visit.errors).toEqual([])
  })

  it('that failed is edited and tried again, and the failure no longer asks for attention', async () => {
    const taskId = await make('GENERATE_MEDIA_PLAN', { campaignName: 'Doomed', notes: 'simulate: fail' })
    await page.goto(`/media-plan/${taskId}`)
    await page.locator('.brandkit-pill').waitFor()
    await page.getByRole('link', { name: 'Edit and try again' }).click()
    await dialog().getByLabel('Notes').fill('')
    await generate()
    await dialog().waitFor({ state: 'detached' })
    await page.locator('.task[data-status=completed]').filter({ hasText: 'Doomed' }).waitFor()
    await page.locator('.brandkit-pill').filter({ hasText: 'needs attention' }).waitFor({ state: 'detached' })
    expect(visit.errors).toEqual([])
  })

  it('is saved in the forms that its user needs', async () => {
    await page.goto(`/content-package/${await make('GENERATE_CONTENT_PACKAGE')}`)
    await page.getByRole('heading', { name: 'Calendar' }).waitFor()
    const posts = ((await read(idOf())).task?.result['posts'] ?? []) as unknown[]
    const ics = (await save('calendar (ICS)')).toString()
    expect(ics.match(/^BEGIN:VEVENT\r$/gm)).toHaveLength(posts.length)
    expect(ics).toMatch(/^DTSTART:\d{8}T\d{6}\r$/m)
    expect((await save('CSV')).toString()).toMatch(/^\uFEFFdate,time,channel,angle,headline,text,hashtags,picture\r\n/)

    await page.goto(`/brand-kit/${await make('GENERATE_BRAND_KIT', { logoStyle: 'wordmark' })}`)
    await page.getByRole('heading', { name: 'Voice' }).waitFor()
    const png = await save('PNG mark')
    expect(png.subarray(1, 4).toString()).toBe('PNG')
    expect(Math.max(png.readUInt32BE(16), png.readUInt32BE(20))).toBe(1_024)
    expect((await save('SVG mark')).toString()).toContain('@font-face')
    expect(JSON.parse((await save('design tokens')).toString())).toMatchObject({ color: { $type: 'color' } })
    const { typography } = ((await read(idOf())).task?.result ?? {}) as { typography: { headingFamily: string } }
    await expect.poll(() => page.evaluate(loadedFamilies)).toContain(typography.headingFamily)
    expect(visit.errors).toEqual([])
  })

  it('is printed without the studio around it, with all of its parts open', async () => {
    await page.goto(`/media-plan/${await make('GENERATE_MEDIA_PLAN')}`)
    await page.getByRole('heading', { name: 'Messages' }).waitFor()
    await page.emulateMedia({ media: 'print' })
    expect(await page.getByRole('navigation').isVisible()).toBe(false)
    expect(await page.locator('.messages').last().isVisible()).toBe(true)
    expect((await page.pdf()).subarray(0, 5).toString()).toBe('%PDF-')
  })
})

/** The families that the page has loaded for itself. */
const loadedFamilies = `[...document.fonts].flatMap(({ status, family }) => (status === 'loaded' ? family.replaceAll('"', '') : []))`
const idOf = () => new URL(page.url()).pathname.split('/').at(-1) ?? ''

describe('a deletion', () => {
  it('is taken back within some seconds, and the focus stays where the row was', async () => {
    const newest = await make('GENERATE_TRENDS')
    await page.goto('/trends')
    await row(newest).waitFor()
    await page.goto('/history?type=GENERATE_TRENDS')
    await row(newest)
      .getByRole('button', { name: /^Delete/ })
      .click()
    await page.getByRole('button', { name: 'Undo' }).and(page.locator(':focus')).click()
    await row(newest).getByRole('link').waitFor()
    expect(await read(newest)).toMatchObject({ httpStatus: 200 })
  })

  it('is sent when the page closes before', async () => {
    const taskId = await make('GENERATE_TRENDS')
    await page.goto('/history?type=GENERATE_TRENDS')
    await row(taskId)
      .getByRole('button', { name: /^Delete/ })
      .click()
    await page.getByRole('button', { name: /^Undo/ }).waitFor()
    await page.goto('about:blank')
    await expect.poll(async () => (await read(taskId)).httpStatus).toBe(410)
  })
})

describe('a form', () => {
  it('keeps its draft over Escape, a reload and a refusal, until the task is taken', async () => {
    await page.goto('/media-plan/new')
    await focused().and(dialog().getByLabel('Campaign name')).waitFor()
    await dialog().getByLabel('Campaign name').fill('Half done')
    await page.keyboard.press('Escape')
    await dialog().waitFor({ state: 'detached' })
    await page.reload()
    await page.getByRole('button', { name: 'Generate Media Plan' }).click()
    await expect.poll(() => dialog().getByLabel('Campaign name').inputValue()).toBe('Half done')
    await dialog().getByLabel('Audience').fill('Everybody')
    await generate()
    await dialog().waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Generate Media Plan' }).click()
    expect(await dialog().getByLabel('Campaign name').inputValue()).toBe('')
  })

  it('leads from a summary to each field, keeps its rows level, and refuses days that are over', async () => {
    await page.goto('/media-plan/new')
    await dialog().getByLabel('Start date').fill('2026-01-05')
    for (const name of ['Search', 'Social', 'Video', 'Email']) await dialog().getByRole('checkbox', { name }).uncheck()
    await generate()
    await focused()
      .and(dialog().getByRole('group', { name: '4 fields need a change' }))
      .waitFor()
    await dialog().getByText('This day is over. Pick today or a later day.').waitFor()
    const [date, weeks] = await Promise.all([boxOf('Start date'), boxOf('Weeks')])
    expect(Math.abs(date.y - weeks.y)).toBeLessThan(1)
    await dialog().getByRole('link', { name: 'Channels' }).click()
    await focused()
      .and(dialog().getByRole('checkbox', { name: 'Search' }))
      .waitFor()
    expect(await findViolations(page)).toEqual([])
  })

  it('takes numbers as people write them in the language of the studio', async () => {
    await page.goto('/media-plan/new')
    await dialog().getByLabel('Campaign name').fill('Numbers')
    await dialog().getByLabel('Audience').fill('Everybody')
    await dialog().getByLabel('Budget').fill('25.000,00')
    await dialog().getByText('= 25,000', { exact: true }).waitFor()
    await dialog().getByLabel('Budget').fill('31,500')
    await generate()
    await dialog().waitFor({ state: 'detached' })
    await page.locator('.task').filter({ hasText: 'Numbers' }).getByRole('link').click()
    await page.getByRole('heading', { name: 'Budget split' }).waitFor()
    expect((await read(idOf())).task?.payload).toMatchObject({ budget: 31_500 })
  })
})

async function boxOf(label: string): Promise<{ y: number }> {
  return (await dialog().getByLabel(label).boundingBox()) ?? { y: Number.NaN }
}

describe('the studio', () => {
  it('starts any of the ten from the keyboard', async () => {
    await page.keyboard.press('Control+k')
    await dialog().getByRole('combobox').fill('viral')
    expect(await findViolations(page)).toEqual([])
    await page.keyboard.press('Enter')
    await page.getByRole('dialog', { name: 'New viral ideas' }).waitFor()
  })

  it('takes a double click for one, and stays in the section', async () => {
    await page.getByRole('link', { name: 'Viral Ideas', exact: true }).click()
    await page.locator('.page-head .button').click()
    await dialog().getByRole('button', { name: 'Fill in an example' }).click()
    await dialog().getByRole('button', { name: 'Generate' }).dblclick()
    await dialog().waitFor({ state: 'detached' })
    await page.locator('.task').first().waitFor()
    expect(new URL(page.url()).pathname).toBe('/viral-ideas')
    expect(await page.locator('.task').count()).toBe(1)
  })

  it('does not call a list empty that it could not read', async () => {
    await visit.context.setOffline(true)
    await page.getByRole('link', { name: 'Personas', exact: true }).click()
    await page.getByText('What was made before is shown when you are online.').waitFor()
    expect(await page.getByText('Nothing here yet').count()).toBe(0)
    await visit.context.setOffline(false)
  })

  it('is left in all tabs by who signs out in one', async () => {
    const other = await visit.context.newPage()
    await other.goto(page.url())
    await other.getByRole('button', { name: 'Sign out' }).waitFor()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await other.getByRole('button', { name: 'Ada' }).waitFor()
    expect(await other.getByRole('button', { name: 'Sign out' }).count()).toBe(0)
  })

  it('says how much the server takes', async () => {
    expect(await page.locator('.hero').textContent()).toMatch(/4 of your tasks run at once.* 120 a minute/)
    const grace = await studio.visit()
    await signIn(grace.page, 'Grace')
    expect(await grace.page.locator('.hero').textContent()).toMatch(/4 of your tasks run at once.* 600 a minute/)
    await grace.context.close()
  })

  it('speaks three languages and has three themes, also after a reload', async () => {
    await page.getByLabel('Language').selectOption('Deutsch')
    await page.getByRole('heading', { name: 'Was sollen wir für Aurora machen?' }).waitFor()
    await page.getByLabel('Farbschema').selectOption('Dunkel')
    await page.reload()
    await page.getByRole('link', { name: 'Verlauf' }).waitFor()
    expect(await page.evaluate('getComputedStyle(document.documentElement).colorScheme')).toBe('dark')
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(21, 23, 26)')
    await page.getByLabel('Sprache').selectOption('العربية')
    await page.getByRole('link', { name: 'السجل' }).waitFor()
    expect(await page.evaluate('[document.documentElement.lang, document.dir].join()')).toBe('ar,rtl')
    expect(await findViolations(page)).toEqual([])
  })

  it.each(['en', 'de', 'ar'])('fits every page on 320 pixels in %s, without a violation of axe', async (language) => {
    const taskId = await make('GENERATE_BRAND_KIT')
    const batchId = await makeBatch()
    await page.setViewportSize({ width: 320, height: 640 })
    await page.evaluate(`localStorage.setItem('studio-language', '${language}')`)
    const pages = [
      '/',
      '/history',
      '/brand-kit',
      `/brand-kit/${taskId}`,
      `/batch/${batchId}`,
      '/media-plan/new',
      '/nowhere',
    ]
    for (const path of pages) {
      await page.goto(path)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await page.waitForLoadState('networkidle')
      expect({ path, overflow: await overflow() }).toEqual({ path, overflow: 0 })
      expect({ path, violations: await findViolations(page) }).toEqual({ path, violations: [] })
    }
    expect(visit.errors).toEqual([])
  })
})
