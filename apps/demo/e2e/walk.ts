import type { TaskJson } from '@brandkit/core'
import type { Locator, Page } from 'playwright'
import { EXAMPLE_PAYLOADS } from '../server/testing/example-payloads.ts'

/** Signs in with the picker, which leads to the overview. */
export async function signIn(page: Page, name: 'Ada' | 'Grace' | 'Linus'): Promise<void> {
  await page.goto('/')
  await page.getByRole('button', { name: new RegExp(`^\\W*${name}\\b|\\b${name}\\b`) }).click()
  await page.getByRole('heading', { name: /^What shall we make/, level: 1 }).waitFor()
}

/** Signs in and follows instruction 1 of the request: navigate to the Media Plan section. */
export async function signInToPlans(page: Page, name: 'Ada' | 'Grace' | 'Linus'): Promise<void> {
  await signIn(page, name)
  await page.getByRole('link', { name: 'Media Plan' }).click()
  await page.getByRole('heading', { name: 'Media plans', level: 1 }).waitFor()
}

interface Campaign {
  name: string
  audience?: string
  notes?: string
}

/** Follows instructions 2 and 3 of the request: click "Generate Media Plan", fill in the form, click "Generate". */
export async function generatePlan(
  page: Page,
  { name, audience = 'Parents in Berlin', notes }: Campaign,
): Promise<void> {
  await page.getByRole('button', { name: 'Generate Media Plan' }).click()
  const dialog = page.getByRole('dialog', { name: 'New media plan' })
  await dialog.getByLabel('Campaign name').fill(name)
  await dialog.getByLabel('Audience').fill(audience)
  if (notes) await dialog.getByLabel('Notes').fill(notes)
  await dialog.getByRole('button', { name: 'Generate', exact: true }).click()
  await dialog.waitFor({ state: 'detached' })
}

interface Example {
  section: string
  /** Checks the form after it is filled in. */
  inspect?: () => Promise<void>
}

/** The first steps in any section: the button, "Fill in an example", "Generate". */
export async function generateExample(page: Page, { section, inspect }: Example): Promise<void> {
  await page.getByRole('button', { name: `Generate ${section}`, exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Fill in an example' }).click()
  await inspect?.()
  await dialog.getByRole('button', { name: 'Generate', exact: true }).click()
  await dialog.waitFor({ state: 'detached' })
}

/** The panel's pill, which stands for all tasks. */
export function pill(page: Page): Locator {
  return page.locator('.brandkit-pill')
}

/** Opens the panel with its pill. */
export async function openPanel(page: Page): Promise<Locator> {
  await pill(page).click()
  return page.getByRole('region', { name: 'Background tasks' })
}

/** The row of a campaign's task in the open panel. */
export function row(page: Page, campaign: string): Locator {
  return page
    .getByRole('region', { name: 'Background tasks' })
    .getByRole('listitem', { name: `Media plan: ${campaign}`, exact: true })
}

/** The toast about a campaign's task. */
export function toast(page: Page, campaign: string): Locator {
  return page.locator('.brandkit-toast').filter({ hasText: campaign })
}

/** Waits for the toast that announces a campaign's finished plan, and opens the plan from it. */
export async function openResult(page: Page, campaign: string): Promise<void> {
  await waitForText(toast(page, campaign), 'Completed')
  await toast(page, campaign)
    .getByRole('button', { name: /Open result/ })
    .click()
  await page.getByRole('heading', { name: 'Budget split' }).waitFor()
}

/** Waits until an element contains this text. */
export async function waitForText(locator: Locator, text: string | RegExp): Promise<void> {
  await locator.filter({ hasText: text }).waitFor()
}

/** The server's version of the task of a campaign whose row is in the open panel. */
export async function readTask(page: Page, campaign: string): Promise<TaskJson> {
  const taskId = (await row(page, campaign).getAttribute('data-task-id')) ?? ''
  const response = await page.request.get(`/api/jobs?action=status&taskId=${taskId}`)
  const { task } = (await response.json()) as { task: TaskJson }
  return task
}

/** Creates media plans in one request, as another program of this person would. Returns the id of the batch. */
export async function createPlans(page: Page, names: readonly string[]): Promise<string> {
  const tasks = names.map((campaignName) => ({
    type: 'GENERATE_MEDIA_PLAN',
    brandId: 'aurora',
    payload: { ...EXAMPLE_PAYLOADS.GENERATE_MEDIA_PLAN, campaignName },
  }))
  const created = await page.request.post('/api/jobs?action=create', { data: { tasks } })
  return ((await created.json()) as { batchId: string }).batchId
}
