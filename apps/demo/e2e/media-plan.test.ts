import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import {
  createHold,
  findViolations,
  openStudio,
  type Studio,
  violationsInLightAndDark,
  type Visit,
} from './open-studio.ts'
import {
  createPlans,
  generatePlan,
  openPanel,
  openResult,
  pill,
  readTask,
  row,
  signIn,
  signInToPlans,
  toast,
  waitForText,
} from './walk.ts'

let studio: Studio
let visit: Visit
const tasks = createHold((step) => step === 'budget')

/** Holds tasks at their budget step. Returns the function that lets them go on; the end of the test does so, too. */
function holdTasks(): () => void {
  const goOn = tasks.hold()
  onTestFinished(goOn)
  return goOn
}

beforeAll(async () => {
  // One task at a time, so that a second task waits and the page shows "queued".
  studio = await openStudio({
    paceMs: 300,
    concurrency: 1,
    beforeStep: tasks.beforeStep,
  })
})
afterAll(() => studio?.close())

beforeEach(async () => {
  visit = await studio.visit()
  await signInToPlans(visit.page, 'Ada')
})
afterEach(() => visit.context.close())

describe('the testing instructions of the seed', () => {
  it('lead from the click to the finished plan, with the user free to go on', async () => {
    const { page, errors } = visit
    const goOn = holdTasks()
    await generatePlan(page, { name: 'In the way' })
    await generatePlan(page, { name: 'Seed walk' })
    await waitForText(toast(page, 'Seed walk'), 'Started')
    await waitForText(pill(page), '1 running, 1 waiting')
    await openPanel(page)
    await row(page, 'Seed walk').and(page.locator('[data-phase=waiting]')).waitFor()
    await expect.poll(tasks.held).toBe(1)
    goOn()
    const finish = holdTasks()
    await row(page, 'Seed walk').and(page.locator('[data-phase=running]')).waitFor()
    await row(page, 'Seed walk').getByRole('progressbar').waitFor()

    // The page is not blocked while the task runs.
    await page.getByRole('button', { name: 'Generate Media Plan' }).click()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Close' }).click()

    finish()
    await openResult(page, 'Seed walk')
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Seed walk')
    expect(errors).toEqual([])
  })

  it('show a plan that is still there after a reload, at its own address', async () => {
    const { page } = visit
    await page.getByRole('link', { name: /Seed walk/ }).click()
    await page.getByRole('heading', { name: 'Budget split' }).waitFor()
    await page.reload()
    await page.getByRole('heading', { name: 'Estimated reach' }).waitFor()
    expect(await page.title()).toMatch(/^Media plan: Seed walk/)
  })
})

describe('a reload in the middle', () => {
  it('keeps the task in sight until it is ready', async () => {
    const { page, errors } = visit
    const goOn = holdTasks()
    await generatePlan(page, { name: 'Reloaded' })
    await waitForText(pill(page), /\d+%/)
    await page.reload()
    await waitForText(pill(page), '1 running')
    goOn()
    await openPanel(page)
    await row(page, 'Reloaded').and(page.locator('[data-phase=completed]')).waitFor()
    await page
      .getByRole('link', { name: /Reloaded/ })
      .filter({ hasText: 'Completed' })
      .waitFor()
    expect(errors).toEqual([])
  })
})

describe('cancel', () => {
  it('ends a running task after one question, and says so', async () => {
    const { page } = visit
    holdTasks()
    await generatePlan(page, { name: 'Regretted' })
    await pill(page).waitFor()
    await openPanel(page)
    await row(page, 'Regretted').and(page.locator('[data-phase=running]')).waitFor()
    await row(page, 'Regretted')
      .getByRole('button', { name: /^Cancel/ })
      .click()
    await row(page, 'Regretted').getByRole('button', { name: 'Cancel task' }).click()
    await row(page, 'Regretted').and(page.locator('[data-phase=cancelled]')).waitFor()
    await page
      .getByRole('link', { name: /Regretted/ })
      .filter({ hasText: 'Cancelled' })
      .waitFor()
    expect(await readTask(page, 'Regretted')).toMatchObject({ status: 'cancelled' })
  })
})

describe('a failure', () => {
  it('is tried again by itself and ends well', async () => {
    const { page } = visit
    await generatePlan(page, { name: 'Second wind', notes: 'simulate: fail once' })
    await pill(page).waitFor()
    await openPanel(page)
    await row(page, 'Second wind').and(page.locator('[data-phase=completed]')).waitFor()

    expect(await readTask(page, 'Second wind')).toMatchObject({ retryCount: 1, status: 'completed' })
  })

  it('that is final stays in sight with its cause and its trace id, over a reload too', async () => {
    const { page } = visit
    await generatePlan(page, { name: 'Doomed', notes: 'simulate: fail' })
    await waitForText(toast(page, 'Doomed'), 'Failed')
    await page.reload()
    await waitForText(pill(page), '1 task needs attention')
    await openPanel(page)
    const failed = row(page, 'Doomed').and(page.locator('[data-phase=failed]'))
    await waitForText(failed, 'Remove "simulate: fail" from them and try again.')
    const { errorCode, traceId } = await readTask(page, 'Doomed')
    await waitForText(failed, traceId)
    expect(errorCode).toBe('generator_refused')
  })
})

describe('the form', () => {
  it('says at each field what is wrong, and sends nothing until it is mended', async () => {
    const { page } = visit
    const before = studio.log.filter(({ message }) => message.includes('action: create')).length
    await page.getByRole('button', { name: 'Generate Media Plan' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Budget').fill('12.5')
    await dialog.getByRole('button', { name: 'Generate', exact: true }).click()
    await dialog.getByText('Give the campaign a name.').waitFor()
    await dialog.getByText('Enter a number from 100 to 100,000,000.').waitFor()
    await dialog.getByText('Describe who should see the campaign.').waitFor()
    expect(await findViolations(page)).toEqual([])
    expect(studio.log.filter(({ message }) => message.includes('action: create'))).toHaveLength(before)
  })

  it('shows what the server refuses at the field that it is about', async () => {
    const { page } = visit
    // The request is changed on its way, as if the browser had an older form than the server.
    await page.route('**/api/jobs?action=create', async (route) => {
      const body = route.request().postDataJSON() as { payload: { weeks: number } }
      body.payload.weeks = 99
      await route.continue({ postData: JSON.stringify(body) })
    })
    await page.getByRole('button', { name: 'Generate Media Plan' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Campaign name').fill('Too long')
    await dialog.getByLabel('Audience').fill('Everybody')
    await dialog.getByRole('button', { name: 'Generate', exact: true }).click()
    await dialog.locator('[aria-invalid=true]').and(dialog.getByLabel('Weeks')).waitFor()
    expect(await dialog.locator('.mistake').allTextContents()).toEqual([expect.stringContaining('52')])
  })
})

describe('every page', () => {
  it('passes axe in light and dark', async () => {
    // An operator, who has a page more.
    const { page, context, errors } = await studio.visit()
    const check = async (where: string) => {
      const found = await violationsInLightAndDark(page)
      expect({ where, ...found }).toEqual({ where, light: [], dark: [] })
    }
    await page.goto('/')
    await page.getByRole('heading', { name: 'Who is working today?' }).waitFor()
    await check('sign-in')
    await signIn(page, 'Grace')
    await check('overview')

    holdTasks()
    const batchId = await createPlans(page, ['Looked at', 'Behind it'])
    await page.goto(`/batch/${batchId}`)
    await page.getByRole('progressbar', { name: 'Joint progress' }).waitFor()
    await check('batch')
    await page
      .locator('.task[data-status=processing]')
      .getByRole('link', { name: /Looked at/ })
      .click()
    await page.getByRole('group', { name: 'Tell me about the end when the studio is closed' }).waitFor()
    await check('running task')
    await openPanel(page)
    await check('panel')
    await page.goto('/media-plan/new')
    await page.getByRole('dialog').getByRole('button', { name: 'Generate', exact: true }).click()
    await page.getByRole('group', { name: /fields need a change/ }).waitFor()
    await check('form with mistakes')
    await page.goto('/media-plan')
    await page.getByRole('link', { name: /Seed walk/ }).click()
    await page.getByRole('heading', { name: 'Calendar' }).waitFor()
    await check('finished task')
    await page.goto('/history')
    await page.getByRole('listitem', { name: /Seed walk/ }).waitFor()
    await check('history')
    await page.goto('/ops')
    await page.getByRole('row').filter({ hasText: 'Looked at' }).click()
    await page
      .getByRole('dialog', { name: /Looked at/ })
      .getByRole('region', { name: 'Payload' })
      .waitFor()
    await check('operations with a drawer')
    await page.goto('/nowhere')
    await page.getByRole('heading', { name: 'There is nothing here' }).waitFor()
    await check('not found')
    expect(errors).toEqual([])
    await context.close()
  })
})

describe('two people', () => {
  it('never see each other’s plans, not even by their address, when they work for different brands', async () => {
    const { page } = visit
    await page.getByRole('link', { name: /Seed walk/ }).click()
    await page.getByRole('heading', { name: 'Budget split' }).waitFor()
    const address = new URL(page.url()).pathname

    const other = await studio.visit()
    await signInToPlans(other.page, 'Linus')
    await other.page.getByRole('heading', { name: 'Nothing here yet' }).waitFor()
    await other.page.goto(address)
    await other.page.getByRole('heading', { name: 'This cannot be shown' }).waitFor()
    expect(await other.page.getByText('Seed walk').count()).toBe(0)
    await other.context.close()
  })

  it('see each other’s plans when they work for the same brand, and delete only their own', async () => {
    const { page } = await studio.visit()
    await signInToPlans(page, 'Grace')
    const listed = page.getByRole('listitem').filter({ hasText: 'Seed walk' })
    await waitForText(listed, 'by Ada')
    await listed.getByRole('link').click()
    await page.getByRole('heading', { name: 'Budget split' }).waitFor()
    await page.getByText('Media Plan by Ada').waitFor()
    expect(await page.getByRole('button', { name: /^(Delete|Trace)$/ }).count()).toBe(0)
    await page.context().close()
  })

  it('leave nothing behind for each other in one browser', async () => {
    const { page } = visit
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('button', { name: /Linus/ }).click()
    await page.getByRole('heading', { name: 'Nothing here yet' }).waitFor()
    expect(await pill(page).count()).toBe(0)
  })
})
