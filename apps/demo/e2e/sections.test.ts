import { readFileSync } from 'node:fs'
import type { TaskJson } from '@brandkit/core'
import type { BrandTaskType } from '@brandkit/core/brand-tasks'
import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EXAMPLE_PAYLOADS } from '../server/testing/example-payloads.ts'
import { findViolations, openStudio, type Studio, type Visit } from './open-studio.ts'
import { generateExample, signIn } from './walk.ts'

let studio: Studio
let visit: Visit

beforeAll(async () => {
  studio = await openStudio({ paceMs: 0 })
  visit = await studio.visit()
  await signIn(visit.page, 'Ada')
})
afterAll(() => studio?.close())

const SECTIONS = [
  { section: 'Media Plan', title: 'Slow mornings', shows: ['Budget split', 'Estimated reach', 'Calendar', 'Messages'] },
  { section: 'Brand Kit', title: 'Aurora', shows: ['Palette', 'Contrast', 'Type scale', 'Voice'] },
  { section: 'Personas', title: 'City coffee people', shows: ['Segments', 'Where to meet'] },
  { section: 'Funnel Campaign', title: 'Slow mornings', shows: ['Forecast', 'Stages', 'Mails'] },
  { section: 'Content Package', title: 'Cold brew', shows: ['Points of view', 'Calendar'] },
  { section: 'Viral Ideas', title: 'Cold brew', shows: ['Feelings'] },
  {
    section: 'Ideas from Product',
    title: 'Aurora Cold Brew Box',
    shows: ['What the features are good for', 'Occasions'],
  },
  { section: 'Facebook Trends', title: 'Coffee', shows: ['oat matcha'] },
  { section: 'Trends', title: 'Coffee', shows: ['cascara'] },
  { section: 'Global Trends', title: 'Coffee', shows: ['Across borders', 'cascara'] },
]

describe('each section', () => {
  it.each(SECTIONS)('$section leads from the form to a result', async ({ section, title, shows }) => {
    const { page, errors } = visit
    await page.emulateMedia({ colorScheme: 'light' })
    await page.getByRole('navigation').getByRole('link', { name: section, exact: true }).click()
    await generateExample(page, { section, inspect: async () => expect(await findViolations(page)).toEqual([]) })
    await page.locator('.task').getByRole('link', { name: title }).first().click()
    for (const name of shows) await page.getByRole('heading', { name, exact: true }).first().waitFor()
    await page.getByText('Numbers are computed; wording is a draft without a model.').waitFor()
    if (section.endsWith('Trends'))
      await page.getByText('From sample feeds, which were written for this demo.').waitFor()
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(title)
    await page.emulateMedia({ colorScheme: 'dark' })
    expect(await findViolations(page)).toEqual([])
    expect(errors).toEqual([])
  })
})

describe('a result', () => {
  it('is saved as JSON, and a brand kit as CSS and SVG too', async () => {
    const { page } = visit
    await page.getByRole('navigation').getByRole('link', { name: 'Brand Kit' }).click()
    await page.locator('.task').getByRole('link', { name: 'Aurora' }).click()
    expect(await save(page, 'CSS tokens')).toMatch(/^\/\* Aurora \*\/\n:root \{\n {2}--color-primary: oklch\(/)
    expect(await save(page, 'SVG mark')).toMatch(/^<svg[^]*<\/svg>\s*$/)
    expect(JSON.parse(await save(page, 'JSON'))).toMatchObject({
      brandName: 'Aurora',
      palette: { colors: expect.any(Array) },
    })
  })
})

async function save(page: Page, what: string): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: `Save ${what}` }).click(),
  ])
  return readFileSync(await download.path(), 'utf8')
}

describe('the history', () => {
  it('filters by type and status, and the filter is in the address', async () => {
    const { page } = visit
    await page.getByRole('navigation').getByRole('link', { name: 'History' }).click()
    const rows = historyRows(page)
    await expect.poll(() => rows.count()).toBe(SECTIONS.length)
    await page.getByLabel('Type').selectOption('Personas')
    await expect.poll(() => rows.allTextContents()).toEqual([expect.stringContaining('City coffee people')])
    await page.reload()
    await expect.poll(() => rows.count()).toBe(1)
    await page.getByLabel('Status').selectOption('Failed')
    await page.getByText('Nothing matches').waitFor()
    await expect.poll(() => new URL(page.url()).search).toBe('?type=AUTO_GENERATE_PERSONAS&status=failed')
    expect(await findViolations(page)).toEqual([])
  })

  it('shows earlier ones page by page', async () => {
    const { page } = visit
    const payload = { topic: 'Later', audience: 'Everybody', channels: ['x'] }
    const later = { type: 'GENERATE_VIRAL_IDEAS', brandId: 'aurora', payload, runAt: '2099-01-01T00:00:00Z' }
    const created = await page.request.post('/api/jobs?action=create', {
      data: { tasks: Array.from({ length: 25 }, () => later) },
    })
    const { batchId } = (await created.json()) as { batchId: string }
    await page.request.post('/api/jobs?action=cancel', { data: { batchId } })
    await page.goto('/history?status=cancelled')
    const rows = historyRows(page)
    await expect.poll(() => rows.count()).toBe(20)
    await page.getByRole('button', { name: 'Show more' }).click()
    await expect.poll(() => rows.count()).toBe(25)
  })

  it('finds by words and by tags, and deletes all that fit after a question with their number', async () => {
    const { page } = visit
    await page.goto('/history')
    const rows = historyRows(page)
    await page.getByLabel('Search').fill('VIRAL lat')
    await expect.poll(() => new URL(page.url()).search).toBe('?search=VIRAL+lat')
    await expect.poll(() => rows.allTextContents()).toEqual(Array(20).fill(expect.stringContaining('Later')))
    await page.getByLabel('Select all', { exact: true }).check()
    await page.getByRole('button', { name: /^Select all that match/ }).click()
    await page.getByRole('button', { name: 'Delete', exact: true }).click()
    const question = page.getByRole('group', { name: 'Delete 25 tasks for good?' })
    await question.waitFor()
    expect(await findViolations(page)).toEqual([])
    await question.getByRole('button', { name: 'Delete' }).click()
    await page.getByText('Nothing matches').waitFor()

    await page.goto('/history?type=AUTO_GENERATE_PERSONAS')
    await rows.getByRole('button', { name: 'Only tasks with “Aurora”' }).click()
    await expect.poll(() => new URL(page.url()).search).toBe('?type=AUTO_GENERATE_PERSONAS&tag=Aurora')
    await page.getByLabel('Type').selectOption('All types')
    await expect.poll(() => rows.count()).toBe(SECTIONS.length)
    await page.getByRole('button', { name: 'Remove the filter “Aurora”' }).click()
    await expect.poll(() => new URL(page.url()).search).toBe('')
  })

  it('deletes a task for good when the user goes on', async () => {
    const { page } = visit
    await page.goto('/history?type=GENERATE_CONTENT_PACKAGE')
    const address = await page.getByRole('link', { name: /Cold brew/ }).getAttribute('href')
    await page.getByRole('button', { name: 'Delete Content package: Cold brew' }).click()
    await page.getByRole('button', { name: 'Undo' }).waitFor()
    await page.getByRole('navigation').getByRole('link', { name: 'Trends', exact: true }).click()
    await expect.poll(() => statusOf(page, address?.split('/').at(-1))).toBe(410)
  })
})

const historyRows = (page: Page) => page.getByRole('list', { name: 'Tasks', exact: true }).locator('.brandkit-row')

describe('a part of a result', () => {
  it('is done again on a page of its own, and the first result stays', async () => {
    const { page } = visit
    await page.goto('/history?type=AUTO_GENERATE_PERSONAS')
    await page.getByRole('link', { name: /City coffee people/ }).click()
    await page.getByText('Do a part of it again').click()
    const first = idOf(page)
    await page.getByRole('button', { name: 'Again from: ' }).last().click()
    await expect.poll(() => idOf(page)).not.toBe(first)
    await page.getByRole('heading', { name: 'Segments' }).waitFor()
    const answer = await page.request.get(`/api/jobs?action=status&taskId=${idOf(page)}`)
    const { task } = (await answer.json()) as { task: TaskJson }
    expect(task).toMatchObject({ status: 'completed', retryOf: first })
    // Finished before this task was made, which only the first task can have done.
    const kept = task.steps?.filter(
      ({ completedAt }) => completedAt && Date.parse(completedAt) < Date.parse(task.createdAt),
    )
    expect(kept).toHaveLength((task.steps?.length ?? 0) - 1)
  })
})

/** The HTTP status of a task's status. */
async function statusOf(page: Page, taskId = ''): Promise<number> {
  const response = await page.request.get(`/api/jobs?action=status&taskId=${taskId}`)
  return response.status()
}

const idOf = (page: Page) => new URL(page.url()).pathname.split('/').at(-1)

describe('the pages that gather everything', () => {
  it.each(['/', '/history', '/brand-kit'])('%s passes axe with tasks on it, in light and dark', async (address) => {
    const { page } = visit
    await page.goto(address)
    await page.getByRole('heading', { level: 1 }).waitFor()
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      expect(await findViolations(page)).toEqual([])
    }
  })
})

describe('an address', () => {
  it('opens a form, which the back button and Escape close', async () => {
    const { page } = visit
    await page.goto('/brand-kit/new')
    await page.getByRole('dialog', { name: 'New brand kit' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await expect.poll(() => new URL(page.url()).pathname).toBe('/brand-kit')
    await page.getByRole('button', { name: 'Generate Brand Kit' }).click()
    await page.getByRole('dialog').waitFor()
    await page.goBack()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await expect.poll(() => new URL(page.url()).pathname).toBe('/brand-kit')
  })

  it('of the operator is closed to others', async () => {
    const { page } = visit
    await page.goto('/ops')
    await page.getByRole('heading', { name: 'Only operators come in here' }).waitFor()
    expect(await findViolations(page)).toEqual([])
    const headers = { 'x-studio-desk': 'operations' }
    const list = await page.request.get('/api/jobs?action=list', { headers })
    const { tasks } = (await list.json()) as { tasks: { userId: string }[] }
    expect(new Set(tasks.map(({ userId }) => userId))).toEqual(new Set(['ada']))
    expect((await page.request.get('/api/jobs?action=stats', { headers })).status()).toBe(403)
  })
})

describe('a phone', () => {
  it('has every section behind one button, and no page is wider than 320 pixels', async () => {
    const { page } = visit
    await page.setViewportSize({ width: 320, height: 640 })
    await page.goto('/')
    await page.getByRole('button', { name: 'Menu' }).click()
    expect(await findViolations(page)).toEqual([])
    await page.getByRole('link', { name: 'Brand Kit' }).click()
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await page.getByRole('link', { name: 'Aurora' }).first().click()
    await page.getByRole('heading', { name: 'Voice' }).waitFor()
    expect(await overflow(page)).toBe(0)
    for (const path of ['/', '/history', '/media-plan', '/global-trends/new', '/ops', '/nowhere']) {
      await page.goto(path)
      await page.getByRole('heading', { level: 1 }).waitFor()
      expect({ path, overflow: await overflow(page) }).toEqual({ path, overflow: 0 })
    }
    expect(visit.errors).toEqual([])
  })
})

describe('a word of 120 letters in the brief', () => {
  it.each(Object.entries(EXAMPLE_PAYLOADS))(
    'leaves the result page of %s as wide as the screen',
    async (type, example) => {
      const { page } = visit
      await page.setViewportSize({ width: 1280, height: 800 })
      const task = { type, brandId: 'aurora', payload: withLongWords(example) }
      const created = await page.request.post('/api/jobs?action=create', { data: task })
      expect(created.status()).toBe(202)
      const { taskId } = ((await created.json()) as { task: { taskId: string } }).task
      await page.goto(`/${PATHS[type as BrandTaskType]}/${taskId}`)
      await page.getByText('Numbers are computed; wording is a draft without a model.').waitFor()
      expect(await page.locator('.task-page').textContent()).toContain(LONG_WORD.slice(0, 40))
      // Charts take their new width a frame after the page has it.
      await expect.poll(() => overflow(page)).toBe(0)
      await page.setViewportSize({ width: 360, height: 740 })
      await expect.poll(() => overflow(page)).toBe(0)
    },
  )
})

const PATHS: Readonly<Record<BrandTaskType, string>> = {
  GENERATE_MEDIA_PLAN: 'media-plan',
  GENERATE_BRAND_KIT: 'brand-kit',
  AUTO_GENERATE_PERSONAS: 'personas',
  GENERATE_FUNNEL_CAMPAIGN: 'funnel-campaign',
  GENERATE_CONTENT_PACKAGE: 'content-package',
  GENERATE_VIRAL_IDEAS: 'viral-ideas',
  GENERATE_IDEAS_FROM_PRODUCT: 'ideas-from-product',
  GENERATE_FACEBOOK_TRENDS: 'facebook-trends',
  GENERATE_TRENDS: 'trends',
  GENERATE_GLOBAL_TRENDS: 'global-trends',
}
const LONG_WORD = 'WUMMWURM'.repeat(15)
/** The longest text that each field takes. */
const LONGEST: Readonly<Record<string, number>> = {
  audience: 500,
  audienceName: 80,
  brandName: 60,
  campaignName: 120,
  description: 2_000,
  industry: 80,
  offer: 500,
  productName: 80,
  topic: 120,
}

/** The same brief with a long word in each of its texts. */
function withLongWords(example: object): Record<string, unknown> {
  const entries = Object.entries(example).map(([name, value]: [string, unknown]) => {
    if (name === 'features') return [name, [`${LONG_WORD} by bike`, LONG_WORD]]
    if (name === 'values') return [name, [LONG_WORD.slice(0, 60)]]
    const longest = LONGEST[name]
    if (longest === undefined) return [name, value]
    // The first word stays, because trends are found by it.
    const [first = '', ...others] = String(value).split(' ')
    return [name, `${first} ${LONG_WORD} ${others.join(' ')}`.slice(0, longest).trim()]
  })
  return Object.fromEntries(entries) as Record<string, unknown>
}

function overflow(page: Page): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth - innerWidth')
}
