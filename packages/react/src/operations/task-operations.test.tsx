import { TaskError, type TaskFilter } from '@brandkit/core'
import axe from 'axe-core'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import {
  createHistory,
  nameOf,
  stageOperations,
  USERS,
  withManyTasks,
  withSpending,
} from '../../test/operations-history.js'
import { OPERATIONS_LOCALES } from '../../test/operations-locales.js'
import { LOCALES } from '../../test/locales.js'
import { renderTasks } from '../../test/render-tasks.js'
import '../operations.css'
import { SCENARIO_TIME } from '../testing/scenario-time.js'
import { TaskOperations, type TaskOperationsProps } from './task-operations.js'

const now = () => SCENARIO_TIME

afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
  localStorage.clear()
})

async function renderPage(
  props: Partial<TaskOperationsProps> = {},
  tasks = createHistory({ ended: 60, failsEach: 9 }),
) {
  const { server, service } = stageOperations(tasks)
  const rendered = await renderTasks(<TaskOperations service={service} nameOf={nameOf} users={USERS} {...props} />, {
    now,
    userId: 'grace',
  })
  return { ...rendered, desk: server }
}

const group = (name: string) => page.getByRole('rowgroup', { name })
const rows = () => [...document.querySelectorAll<HTMLElement>('[data-task]')]
const focused = () => document.activeElement?.getAttribute('data-task')

/** Until every group has been read. */
async function untilShown(count = 10): Promise<void> {
  await expect.poll(() => rows().length).toBeGreaterThan(count)
  await expect.poll(() => document.querySelector('[role=rowgroup][aria-busy]')).toBeNull()
}

async function violationsOf(element: Element): Promise<unknown[]> {
  const { violations } = await axe.run(element, { rules: { region: { enabled: false } } })
  return violations.map(({ id, nodes }) => [id, nodes[0]?.html])
}

function setHidden(isHidden: boolean): void {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(isHidden ? 'hidden' : 'visible')
  document.dispatchEvent(new Event('visibilitychange'))
}

const refuseRetry = async () => Promise.reject(new TaskError('queue_full', 'Too many tasks wait.'))

describe('the table', () => {
  it('shows failures first, then what is under way in the order of its start, then what has ended', async () => {
    await renderPage()
    await untilShown()
    const names = [...document.querySelectorAll('[role=rowgroup]')].map((element) => element.getAttribute('aria-label'))
    expect(names).toEqual(['Failed', 'Under way', 'Ended'])
    const phases = [...group('Under way').element().querySelectorAll('[data-task]')].map((row) =>
      row.getAttribute('data-phase'),
    )
    expect(phases.slice(0, 5)).toEqual(['running', 'running', 'running', 'running', 'waiting'])
    expect(group('Under way').getByRole('row').nth(5).element().textContent).toContain('High priority')
    expect(
      new Set(
        [...group('Failed').element().querySelectorAll('[data-task]')].map((row) => row.getAttribute('data-phase')),
      ),
    ).toEqual(new Set(['failed']))
  })

  it('is walked by keys, opens a task with Enter, and has the focus again after Escape', async () => {
    await renderPage()
    await untilShown()
    const ids = rows().map((row) => row.dataset['task'])
    rows()[0]?.focus()
    await userEvent.keyboard('{ArrowDown}j{ArrowDown}k')
    expect(focused()).toBe(ids[2])
    await userEvent.keyboard('{End}')
    expect(focused()).toBe(ids.at(-1))
    await userEvent.keyboard('{Home}{ArrowUp}')
    expect(focused()).toBe(ids[0])
    expect(rows().filter((row) => row.tabIndex === 0)).toHaveLength(1)

    await userEvent.keyboard('{Enter}')
    await expect.element(page.getByRole('dialog')).toBeVisible()
    await expect.element(page.getByText(/campaignName/)).toBeVisible()
    await userEvent.keyboard('j')
    await userEvent.keyboard('{Escape}')
    await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
    expect(focused()).toBe(ids[1])
    await userEvent.keyboard('/')
    expect(document.activeElement?.getAttribute('type')).toBe('search')
  })

  it('lists what the filters leave, and says what was chosen', async () => {
    const { service } = stageOperations(createHistory({ ended: 60, failsEach: 9 }))
    const list = vi.spyOn(service.wire, 'list')
    const onFilterChange = vi.fn()
    await renderTasks(<TaskOperations service={service} users={USERS} onFilterChange={onFilterChange} />, { now })
    await untilShown()
    list.mockClear()
    await userEvent.selectOptions(page.getByRole('combobox', { name: 'Status' }), 'failed')
    await userEvent.selectOptions(page.getByRole('combobox', { name: 'User' }), 'hedy')
    await userEvent.fill(page.getByRole('textbox', { name: 'Tag' }), 'summer')
    const last = (): TaskFilter | undefined => list.mock.calls.at(-1)?.[0]
    await expect.poll(last).toMatchObject({ status: ['failed'], userId: 'hedy', tags: ['summer'] })
    await userEvent.fill(page.getByRole('searchbox', { name: 'Search titles and tags' }), 'zebra')
    await expect.element(page.getByText('No task fits these filters.')).toBeVisible()
    expect(onFilterChange).toHaveBeenLastCalledWith({
      span: 'day',
      status: 'failed',
      userId: 'hedy',
      tag: 'summer',
      search: 'zebra',
    })
    await userEvent.click(page.getByRole('button', { name: 'Clear filters' }))
    await untilShown()
  })

  it('pages through 100,000 tasks, and renders no row again for another', async () => {
    const { service, server } = stageOperations(createHistory({ ended: 20 }))
    const rendered: string[] = []
    const slots = {
      run: ({ children }: { children: React.ReactNode }) => children,
      title: ({ task, children }: { task: { taskId: string }; children: React.ReactNode }) => {
        rendered.push(task.taskId)
        return children
      },
    }
    const { context } = await renderTasks(<TaskOperations service={withManyTasks(service)} slots={slots} />, { now })
    await untilShown(25)
    const more = page.getByRole('button', { name: 'Show more' })
    for (const count of [75, 125, 175]) {
      // A real click would scroll, and rows get their height when they come into view.
      more.element().dispatchEvent(new MouseEvent('click', { bubbles: true }))
      await expect.poll(() => group('Ended').element().querySelectorAll('[data-task]').length).toBe(count)
    }
    rendered.length = 0
    const running = server.tasks().find(({ status }) => status === 'processing')
    server.change(running?.taskId ?? '', { progress: 95 })
    await context().queryClient.refetchQueries({ queryKey: ['brandkit', 'ada', 'operations'] })
    await expect.poll(() => rendered).toEqual([running?.taskId])
  })
})

describe('a task', () => {
  it('has its failure, its steps over time, payload, and trace with a link', async () => {
    await renderPage({ traceUrl: (traceId) => `https://traces.example/${traceId}` })
    await untilShown()
    await userEvent.click(group('Failed').getByRole('row').nth(1).getByRole('gridcell').nth(1))
    const details = page.getByRole('dialog')
    await expect.element(details.getByText('Last error')).toBeVisible()
    await expect
      .element(details.getByRole('link', { name: 'Open the trace' }))
      .toHaveAttribute('href', expect.stringMatching(/^https:\/\/traces\.example\/[\da-f]{32}$/))
    await expect.element(details.getByText('4 of 4')).toBeVisible()
    const states = [...details.element().querySelectorAll('.brandkit-timeline li')].map((item) =>
      item.getAttribute('data-state'),
    )
    expect(states).toEqual(expect.arrayContaining(['waiting', 'completed', 'failed', 'pending']))
  })

  it('is cancelled for its owner, and the page is read again at once', async () => {
    const { desk } = await renderPage()
    await untilShown()
    const running = desk.tasks().find(({ status }) => status === 'processing')
    // Other tasks have the same title, so a locator by name would find theirs.
    document.querySelector<HTMLElement>(`[data-task="${running?.taskId}"] button`)?.click()
    await expect.poll(() => desk.find(running?.taskId ?? '').status).toBe('cancelled')
    await expect
      .poll(() => group('Under way').element().querySelectorAll('[data-task][data-phase=running]').length)
      .toBe(3)
  })

  it('says why an act has failed', async () => {
    const { service } = stageOperations()
    await renderTasks(<TaskOperations service={{ wire: { ...service.wire, retry: refuseRetry } }} />, { now })
    await untilShown()
    group('Failed').element().querySelector<HTMLElement>('[data-task] button')?.click()
    await expect.element(page.getByRole('alert')).toBeVisible()
    expect(page.getByRole('alert').element().textContent).toContain('Too many tasks wait.')
  })
})

describe('an action on all that match', () => {
  it('counts first, changes nothing until it is confirmed, and says what became of it', async () => {
    const { desk } = await renderPage()
    await untilShown()
    const waiting = () => desk.tasks().filter(({ status }) => status === 'queued' || status === 'processing').length
    const before = waiting()
    await userEvent.click(page.getByRole('button', { name: 'Cancel matching' }))
    const dialog = page.getByRole('dialog', { name: 'Cancel matching' })
    await expect.element(dialog.getByText(`Cancel ${before} tasks that wait or run?`)).toBeVisible()
    expect(waiting()).toBe(before)
    await userEvent.click(dialog.getByRole('button', { name: 'Back' }))
    expect(waiting()).toBe(before)

    await userEvent.selectOptions(page.getByRole('combobox', { name: 'User' }), 'ada')
    await userEvent.click(page.getByRole('button', { name: 'Cancel matching' }))
    await userEvent.click(dialog.getByRole('button', { name: 'Cancel tasks' }))
    await expect.element(dialog.getByText(/\d tasks? cancelled\./)).toBeVisible()
    expect(desk.tasks().some(({ status, userId }) => userId === 'ada' && status === 'processing')).toBe(false)
    expect(waiting()).toBeLessThan(before)
    expect(waiting()).toBeGreaterThan(0)
  })
})

describe('the server', () => {
  it('is asked less than once a second while tasks run, and not at all while the page is hidden', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    const { desk, context } = await renderPage()
    await untilShown()
    const isIdle = () => context().queryClient.isFetching() === 0
    async function seconds(count: number): Promise<number> {
      await expect.poll(isIdle).toBe(true)
      const before = desk.requests.length
      for (let second = 0; second < count; second += 1) {
        vi.advanceTimersByTime(1_000)
        await expect.poll(isIdle).toBe(true)
      }
      return desk.requests.length - before
    }
    const busy = await seconds(60)
    expect(busy).toBeGreaterThan(12)
    expect(busy).toBeLessThan(60)
    setHidden(true)
    expect(await seconds(60)).toBe(0)
    setHidden(false)
    await expect.poll(() => seconds(5)).toBeGreaterThan(0)
  })

  it('is asked four times a minute for figures, and for no list, while nothing happens', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    const { desk, context } = await renderPage({}, createHistory({ running: 0, waiting: 0 }))
    await untilShown()
    await expect.poll(() => context().queryClient.isFetching()).toBe(0)
    const before = desk.requests.length
    for (let second = 0; second < 60; second += 1) {
      vi.advanceTimersByTime(1_000)
      await expect.poll(() => context().queryClient.isFetching()).toBe(0)
    }
    const asked = desk.requests.slice(before)
    expect(asked.filter((request) => request.includes('stats'))).toHaveLength(4)
    expect(asked.filter((request) => request.includes('list'))).toHaveLength(0)
  })
})

describe('the page', () => {
  it.each(['en', 'de', 'ar'])('has no axe violation, and no sideways scroll at 320 px: %s', async (locale) => {
    await page.viewport(320, 700)
    const { service } = stageOperations()
    await renderTasks(
      <main dir={locale === 'ar' ? 'rtl' : 'ltr'} lang={locale}>
        <h1>Operations</h1>
        <TaskOperations service={withSpending(service)} labels={OPERATIONS_LOCALES[locale]} nameOf={nameOf} />
      </main>,
      { now, labels: LOCALES[locale], locale },
    )
    await untilShown()
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(320)
    expect(await violationsOf(document.body)).toEqual([])
    rows()[0]?.focus()
    await userEvent.keyboard('{Enter}')
    await expect.poll(() => document.querySelector('dialog pre')).not.toBeNull()
    // A half-faded drawer has too little contrast.
    await expect.poll(() => document.querySelector('dialog')?.getAnimations()).toEqual([])
    // The page behind it is inert.
    expect(await violationsOf(document.body)).toEqual([])
  })

  it('says that it needs the service of an operator', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {})
    const service = { wire: {} } as never
    await expect(renderTasks(<TaskOperations service={service} />, { now })).rejects.toThrow(/service of an operator/)
  })
})
