import type { TaskJson } from '@brandkit/core'
import type { Page, Route } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { createHold, openStudio, type Studio, type Visit } from './open-studio.ts'
import { generatePlan, openPanel, pill, signInToPlans, toast, waitForText } from './walk.ts'

let studio: Studio
let visit: Visit
const tasks = createHold()

beforeAll(async () => {
  studio = await openStudio({ paceMs: 0, beforeStep: tasks.beforeStep })
})
afterAll(() => studio?.close())
beforeEach(async () => {
  visit = await studio.visit()
  await signInToPlans(visit.page, 'Ada')
})
afterEach(() => visit.context.close())

describe('without a network', () => {
  it('a plan is kept, asked for once however often it is sent, and made when the network is back', async () => {
    const { page, context } = visit
    // The form's code is loaded with its first use.
    await page.getByRole('button', { name: 'Generate Media Plan' }).click()
    await page.getByRole('dialog').getByLabel('Campaign name').waitFor()
    await page.keyboard.press('Escape')

    await context.setOffline(true)
    await generatePlan(page, { name: 'Kept' })
    await waitForText(toast(page, 'Kept'), 'Will start when you are online')
    await generatePlan(page, { name: 'Kept' })
    await waitForText(pill(page), '1 not sent yet')
    await context.setOffline(false)
    await page.getByRole('link', { name: /Kept/ }).filter({ hasText: 'Completed' }).waitFor()
    expect((await listTasks(page)).filter(({ title }) => title === 'Media plan: Kept')).toHaveLength(1)
  })
})

describe('a slow answer', () => {
  const creates = '**/api/jobs?action=create'

  /** Asks for a plan and leaves its form before the answer, which comes with the function that is returned. */
  async function leaveEarly(name: string, answer: (route: Route) => Promise<void>): Promise<() => void> {
    const { page } = visit
    const { promise: held, resolve: goOn } = Promise.withResolvers<void>()
    await page.route(creates, async (route) => {
      await held
      await answer(route)
    })
    await page.getByRole('button', { name: 'Generate Media Plan' }).click()
    const dialog = page.getByRole('dialog', { name: 'New media plan' })
    await dialog.getByLabel('Campaign name').fill(name)
    await dialog.getByLabel('Audience').fill('Parents in Berlin')
    await dialog.getByRole('button', { name: 'Generate', exact: true }).click()
    await waitForText(toast(page, name), 'Sending')
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    return goOn
  }

  it('leaves people where they have gone to meanwhile', async () => {
    const { page } = visit
    const goOn = await leaveEarly('Left early', (route) => route.continue())
    await page.getByRole('navigation').getByRole('link', { name: 'Trends', exact: true }).click()
    goOn()
    await page.locator('.brandkit-toast', { hasText: /Started|Completed/ }).waitFor()
    expect(new URL(page.url()).pathname).toBe('/trends')
  })

  it('that is a refusal is told on the page of its form, although the form has gone', async () => {
    const json = { code: 'forbidden', status: 403, detail: 'No.' }
    const refuse = await leaveEarly('Refused', (route) => route.fulfill({ status: 403, json }))
    refuse()
    await visit.page.locator('.problem').waitFor()
    expect(await toast(visit.page, 'Refused').count()).toBe(0)
  })
})

describe('without a session', () => {
  it('a plan is kept until the person has signed in again, which the panel offers', async () => {
    const { page, context } = visit
    await context.clearCookies()
    await generatePlan(page, { name: 'Signed out' })
    await waitForText(toast(page, 'Signed out'), 'Will start when you have signed in')
    await toast(page, 'Signed out').getByRole('button', { name: 'Sign in' }).click()
    await page
      .getByRole('link', { name: /Signed out/ })
      .filter({ hasText: 'Completed' })
      .waitFor()
    expect((await listTasks(page)).filter(({ title }) => title === 'Media plan: Signed out')).toHaveLength(1)
  })
})

describe('all tasks', () => {
  it('are cancelled together after one question, and none fails because another was cancelled before it', async () => {
    const { page, errors } = visit
    onTestFinished(tasks.hold())
    await page.goto('/')
    await page.getByRole('button', { name: 'All ten for Aurora' }).click()
    await waitForText(pill(page), '4 running, 6 waiting')
    const panel = await openPanel(page)
    await panel.getByRole('button', { name: 'Cancel all' }).click()
    await panel.getByRole('group', { name: 'Cancel 10 tasks?' }).getByRole('button', { name: 'Cancel all' }).click()
    await page.getByText('0 of 10 completed, 10 cancelled').waitFor()
    await panel.getByRole('button', { name: 'Cancel all' }).waitFor({ state: 'detached' })
    expect(errors).toEqual([])
  })
})

async function listTasks(page: Page): Promise<TaskJson[]> {
  const list = await page.request.get('/api/jobs?action=list')
  return ((await list.json()) as { tasks: TaskJson[] }).tasks
}
