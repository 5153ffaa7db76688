import type { TaskJson } from '@brandkit/core'
import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findViolations, openStudio, type Studio, violationsInLightAndDark, type Visit } from './open-studio.ts'
import { generateExample, pill, signIn, waitForText } from './walk.ts'

let studio: Studio
let ada: Visit
let grace: Visit

beforeAll(async () => {
  // One task at a time, and it never ends by itself: the test alone decides which task runs and which waits.
  studio = await openStudio({ paceMs: 60_000, concurrency: 1 })
  ada = await studio.visit()
  await signIn(ada.page, 'Ada')
})
afterAll(() => studio?.close())

/** What the operator sees of all that waits or runs, in the order of the start. */
const underWay = (page: Page) => page.getByRole('rowgroup', { name: 'Under way' }).locator('[data-task]')
const waiting = (page: Page) => page.locator('.task[data-status=queued]')
const running = (page: Page) => page.locator('.task[data-status=processing]')
const cancelled = (page: Page) => page.locator('.task[data-status=cancelled]')

describe('everything for a brand', () => {
  it('is one action with a joint progress, the same in a second tab and after a reload', async () => {
    const { page, context } = ada
    await page.getByRole('button', { name: /^All \w+ for Aurora$/ }).click()
    await page.getByRole('heading', { name: 'Everything for Aurora' }).waitFor()
    await expect.poll(() => running(page).count()).toBe(1)
    const total = (await waiting(page).count()) + 1
    // The panel counts, too.
    const counts = `0 of ${total} completed, 1 running, ${total - 1} waiting`
    await page.getByText(counts).waitFor()
    await page.getByRole('progressbar', { name: 'Joint progress' }).waitFor()
    expect(await findViolations(page)).toEqual([])

    await page.reload()
    await page.getByText(counts).waitFor()
    const second = await context.newPage()
    await second.goto(page.url())
    await second.getByText(counts).waitFor()
    await second.close()
  })
})

describe('premium', () => {
  it('goes before free: it is first in the line, and starts next', async () => {
    grace = await studio.visit()
    const { page } = grace
    await signIn(page, 'Grace')
    await page.getByRole('navigation').getByRole('link', { name: 'Personas' }).click()
    await generateExample(page, { section: 'Personas' })
    await page.getByRole('navigation').getByRole('link', { name: 'Operations' }).click()
    const line = underWay(page)
    await waitForText(line.first(), 'Ada')
    await waitForText(line.nth(1), /High priority.*Grace/)
    await waitForText(line.nth(2), 'Ada')

    await line
      .first()
      .getByRole('button', { name: /^Cancel/ })
      .click()
    await waitForText(line.and(page.locator('[data-phase=running]')), /High priority.*Grace/)
    expect(grace.errors).toEqual([])
  })
})

describe('the desk of the operator', () => {
  it('shows figures, and passes axe in light and dark', async () => {
    const { page } = grace
    await waitForText(page.locator('[data-tile=processing]'), '1')
    await waitForText(page.locator('[data-tile=workers]'), '1 slot')
    await page.getByLabel('Search titles and tags').fill('aurora kit')
    await waitForText(page.locator('[data-task]').first(), /brand kit.*Ada/i)
    expect(await violationsInLightAndDark(page)).toEqual({ light: [], dark: [] })
  })

  it('opens everything about a task by keyboard, and gives the focus back', async () => {
    const { page } = grace
    await page.getByRole('button', { name: 'Clear filters' }).click()
    const row = underWay(page).nth(1)
    await row.focus()
    await page.keyboard.press('Enter')
    const drawer = page.getByRole('dialog', { name: /^Details of / })
    await drawer.getByRole('region', { name: 'Payload' }).waitFor()
    expect(await violationsInLightAndDark(page)).toEqual({ light: [], dark: [] })
    await page.keyboard.press('Escape')
    await drawer.waitFor({ state: 'detached' })
    await row.and(page.locator(':focus')).waitFor()
  })

  it('stops tasks of others, who see it at once', async () => {
    const { page } = grace
    const line = underWay(page)
    const first = line.first()
    await waitForText(first, 'Grace')
    await first.getByRole('button', { name: /^Cancel/ }).click()
    await waitForText(line.and(page.locator('[data-phase=running]')), 'Ada')
    await expect.poll(() => cancelled(ada.page).count()).toBe(1)
    expect(grace.errors).toEqual([])
  })
})

describe('the trace', () => {
  it('shows what a task goes through, and makes it fail on request', async () => {
    const { page } = ada
    // The operator's stop let the next task start. Wait until this page shows that task as running.
    await expect.poll(() => running(page).count()).toBe(1)
    await waiting(page).getByRole('link').first().click()
    await page.getByRole('button', { name: 'Trace', exact: true }).click()
    const trace = page.getByRole('complementary', { name: 'Trace' })
    await waitForText(trace.getByRole('listitem'), '[API/Jobs] Saving task document to database')
    await waitForText(trace.getByRole('listitem').and(page.locator('[data-source=task]')), 'created')
    expect(await findViolations(page)).toEqual([])

    await trace.getByRole('button', { name: 'Fail for good' }).click()
    await trace.getByText('The next step throws').waitFor()
    await stopWhatRuns(page)
    await waitForText(trace.getByRole('listitem'), 'failed, attempt 1')
    await page.getByRole('region', { name: 'Progress' }).getByText('Somebody asked for a failure').waitFor()
  })

  it('ends in a failure that the operator sees, and may try again for its owner', async () => {
    // Tasks that waited for it have failed after it, and stand above it.
    const failures = grace.page.getByRole('rowgroup', { name: 'Failed' }).locator('[data-task]')
    const failure = failures.filter({ hasText: /Somebody asked for a failure.*Ada/ })
    await failure.waitFor()
    await failure.getByRole('button', { name: /^Try again/ }).click()
    await expect
      .poll(async () => {
        const list = await ada.page.request.get('/api/jobs?action=list&status=queued')
        return ((await list.json()) as { tasks: TaskJson[] }).tasks
      })
      .toContainEqual(
        expect.objectContaining({
          retryOf: new URL(ada.page.url()).pathname.split('/').at(-1),
          userId: 'ada',
          createdBy: 'grace',
        }),
      )
    expect(grace.errors).toEqual([])
  })

  it('can be reached by its address, and trying the failed task again leads to the same retry', async () => {
    const { page } = ada
    await page.reload()
    await page.getByRole('complementary', { name: 'Trace' }).waitFor()
    const failed = new URL(page.url()).pathname
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.waitForURL((url) => url.pathname !== failed)
    await page.getByText('It waits for its turn.').waitFor()
    const taskId = new URL(page.url()).pathname.split('/').at(-1)
    const reply = await page.request.get(`/api/jobs?action=status&taskId=${taskId}`)
    expect(await reply.json()).toMatchObject({ task: { retryOf: failed.split('/').at(-1) } })
  })

  it('is nobody else’s business', async () => {
    const taskId = new URL(ada.page.url()).pathname.split('/').at(-1)
    const read = await grace.page.request.get(`/api/demo/trace?taskId=${taskId}`)
    expect(read.status()).toBe(404)
    const cause = await grace.page.request.post('/api/demo/trace', { data: { taskId, fault: 'fail' } })
    expect(cause.status()).toBe(404)
    expect((await ada.page.request.post('/api/demo/trace', { data: { taskId, fault: 'kill' } })).status()).toBe(400)
  })
})

describe('offline', () => {
  it('is said, fails nothing, and ends by itself when the network is back', async () => {
    const { page } = ada
    await page.getByRole('button', { name: 'Trace', exact: true }).click()
    await page.getByRole('button', { name: 'Go offline' }).click()
    await waitForText(pill(page), 'You are offline')
    expect(await page.getByRole('region', { name: 'Progress' }).textContent()).toContain('It waits for its turn.')
    await page.getByRole('button', { name: 'Go online' }).click()
    await waitForText(pill(page), /running|waiting/)
  })
})

describe('the end of a batch', () => {
  it('comes for all at once by “Cancel all”', async () => {
    const { page } = ada
    await page.goto('/history')
    await page.goBack()
    await page.getByRole('button', { name: 'Cancel', exact: true }).click()
    await page.getByRole('button', { name: 'Cancel task' }).or(page.getByText('It was cancelled.')).waitFor()
    const sure = page.getByRole('button', { name: 'Cancel task' })
    if (await sure.isVisible()) await sure.click()
    await page.getByText('It was cancelled.').waitFor()
    const list = await page.request.get('/api/jobs?action=list&status=queued')
    const { tasks } = (await list.json()) as { tasks: TaskJson[] }
    await page.goto(`/batch/${tasks[0]?.batchId}`)
    await page.getByRole('button', { name: 'Cancel all' }).click()
    await expect.poll(() => running(page).count()).toBe(0)
    await expect.poll(() => waiting(page).count()).toBe(0)
    expect(ada.errors).toEqual([])
  })
})

describe('all tasks that fit a filter', () => {
  it('are tried again by the operator after a count', async () => {
    const { page } = grace
    await page.getByRole('combobox', { name: 'User' }).selectOption('Grace')
    await page.getByRole('button', { name: 'Try matching again' }).click()
    const question = page.getByRole('dialog', { name: 'Try matching again' })
    await question.getByText('Try 1 failed or cancelled task again?').waitFor()
    expect(await findViolations(page)).toEqual([])
    await question.getByRole('button', { name: 'Try again' }).click()
    await question.getByText('1 task started again.').waitFor()
    await question.getByRole('button', { name: 'Close' }).click()
    const list = await page.request.get('/api/jobs?action=list&status=processing,queued')
    const { tasks } = (await list.json()) as { tasks: TaskJson[] }
    expect(tasks).toEqual([expect.objectContaining({ userId: 'grace', retryOf: expect.any(String) })])
    expect(grace.errors).toEqual([])
  })
})

/** Only one task runs; when the operator stops it, the next one starts. */
async function stopWhatRuns(page: Page): Promise<void> {
  const list = await page.request.get('/api/jobs?action=list&status=processing')
  const { tasks } = (await list.json()) as { tasks: TaskJson[] }
  await page.request.post('/api/jobs?action=cancel', { data: { taskIds: tasks.map(({ taskId }) => taskId) } })
}
