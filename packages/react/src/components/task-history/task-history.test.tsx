import axe from 'axe-core'
import { Profiler } from 'react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { ends } from '../../../test/ends.js'
import { createFakeTaskServer, type FakeTaskServer } from '../../../test/fake-task-server.js'
import { renderTasks } from '../../../test/render-tasks.js'
import '../../styles.css'
import { TaskHistory, type TaskHistoryProps } from './task-history.js'

afterEach(() => {
  vi.useRealTimers()
  localStorage.clear()
})

const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString()

/** Ended tasks, the first one the newest. */
function seedMany(count: number, tags?: string[]): FakeTaskServer {
  const server = createFakeTaskServer()
  for (let index = 0; index < count; index++)
    server.seed({
      title: `Task ${index + 1}`,
      ...ends.completed(),
      createdAt: hoursAgo(index + 1),
      ...(tags && { tags }),
    })
  return server
}

async function openHistory(server: FakeTaskServer, props: TaskHistoryProps = {}) {
  const tasks = await renderTasks(<TaskHistory paging="button" {...props} />, { server })
  await expect.element(tasks.screen.getByRole('list', { name: 'Tasks' })).toBeVisible()
  const titles = () =>
    tasks.screen
      .getByRole('listitem')
      .elements()
      .map((row) => row.getAttribute('aria-label'))
  const check = (title: string) => tasks.screen.getByRole('checkbox', { name: `Select ${title}`, exact: true })
  return { ...tasks, titles, check }
}

describe('the list', () => {
  it('shows what runs with its bar and step, and its end as soon as it is there', async () => {
    const server = seedMany(1)
    const startedAt = new Date().toISOString()
    const { taskId } = server.seed({
      title: 'Live',
      status: 'processing',
      progress: 40,
      startedAt,
      currentStep: 'channels',
    })
    const { screen, change } = await openHistory(server)
    const row = screen.getByRole('listitem', { name: 'Live' })
    await expect.element(row).toMatchTextContent(/Choosing channels/)
    await expect.element(row.getByRole('progressbar')).toHaveAttribute('value', '40')
    change(taskId, { progress: 70 })
    await expect.element(row.getByRole('progressbar')).toHaveAttribute('value', '70')
    change(taskId, ends.completed())
    await expect.element(row).toHaveAttribute('data-phase', 'completed')
  })

  it('renders one row when one task changes', async () => {
    const server = seedMany(20)
    const { taskId } = server.seed({ title: 'Live', status: 'processing', progress: 10, startedAt: hoursAgo(0) })
    const rendered: string[] = []
    const slots: TaskHistoryProps['slots'] = {
      row: ({ task, children }) => (
        <Profiler id={task.title} onRender={(id) => rendered.push(id)}>
          {children}
        </Profiler>
      ),
    }
    const { screen, context } = await openHistory(server, { slots })
    await expect.element(screen.getByRole('progressbar', { name: 'Live' })).toHaveAttribute('value', '10')
    await expect.poll(() => rendered.splice(0)).toEqual([])
    context().session.cache.write([{ ...server.find(taskId), progress: 50, version: 99 }])
    context().session.registry.touch()
    await expect.element(screen.getByRole('progressbar', { name: 'Live' })).toHaveAttribute('value', '50')
    expect(new Set(rendered)).toEqual(new Set(['Live']))
  })

  it('asks for each page once, and reads no task of a row', async () => {
    const server = seedMany(30)
    const { titles, screen } = await openHistory(server)
    expect(titles()).toHaveLength(20)
    await screen.getByRole('button', { name: 'Show more' }).click()
    await expect.poll(titles).toHaveLength(30)
    await expect.poll(() => document.activeElement?.getAttribute('aria-label')).toBe('Task 21')
    expect(server.requests.filter((request) => request === 'GET status')).toEqual([])
    await expect.element(screen.getByRole('button', { name: 'Show more' })).not.toBeInTheDocument()
  })

  it('loads the next page by itself when the user is near the end', async () => {
    const { titles } = await openHistory(seedMany(30), { paging: 'auto', pageSize: 5 })
    const atTheEnd = () => {
      document.documentElement.scrollTop = document.documentElement.scrollHeight
      return titles()
    }
    await expect.poll(atTheEnd).toHaveLength(30)
  })

  it('says why it is empty, and reads again', async () => {
    const server = seedMany(1)
    let isBroken = true
    const fetch: typeof globalThis.fetch = async (...request) =>
      isBroken ? new Response(null, { status: 503 }) : server.fetch(...request)
    const { screen } = await renderTasks(<TaskHistory />, { server: { ...server, fetch } })
    await expect.element(screen.getByText('The tasks could not be loaded.')).toBeVisible()
    isBroken = false
    await screen.getByRole('button', { name: 'Try again' }).click()
    await expect.element(screen.getByRole('listitem', { name: 'Task 1' })).toBeVisible()
  })

  it('opens a task by its title, and leaves clicks for another tab to the browser', async () => {
    const onOpen = vi.fn()
    const { screen } = await openHistory(seedMany(1), { getHref: ({ taskId }) => `#${taskId}`, onOpenTask: onOpen })
    const link = screen.getByRole('link', { name: 'Task 1' })
    await link.click()
    expect(onOpen).toHaveBeenCalledWith(expect.objectContaining({ title: 'Task 1' }))
    const aside = new MouseEvent('click', { bubbles: true, cancelable: true, ctrlKey: true })
    link.element().addEventListener('click', (event) => event.preventDefault(), { once: true })
    link.element().dispatchEvent(aside)
    expect(onOpen).toHaveBeenCalledTimes(1)
  })
})

describe('the filter', () => {
  it('searches, chooses status and period, and clears all of it', async () => {
    const server = seedMany(3)
    server.seed({ title: 'Broken', ...ends.failed(), createdAt: hoursAgo(24 * 40) })
    const { screen, titles, context } = await openHistory(server)
    const spoken: string[] = []
    context().announcer.subscribe(({ text }) => spoken.push(text))
    await screen.getByRole('searchbox', { name: 'Search' }).fill('task 2')
    await expect.poll(titles).toEqual(['Task 2'])
    await expect.poll(() => spoken).toContain('1 task found.')
    await screen.getByRole('searchbox', { name: 'Search' }).fill('')
    await screen.getByRole('combobox', { name: 'Status' }).selectOptions('Failed')
    await expect.poll(titles).toEqual(['Broken'])
    await screen.getByRole('combobox', { name: 'Created' }).selectOptions('Last 30 days')
    await expect.element(screen.getByText('Nothing matches')).toBeVisible()
    await screen.getByRole('button', { name: 'Clear filters' }).first().click()
    await expect.poll(titles).toHaveLength(4)
  })

  it('is the app’s if the app keeps it, and tells what the user wants', async () => {
    const onChoicesChange = vi.fn()
    const server = seedMany(2, ['Aurora'])
    const { screen } = await openHistory(server, { choices: { search: 'task' }, onChoicesChange })
    await screen.getByRole('button', { name: 'Only tasks with “Aurora”' }).first().click()
    expect(onChoicesChange).toHaveBeenLastCalledWith({ search: 'task', tags: ['Aurora'] })
  })

  it('finds the tasks of two days', async () => {
    const { screen, titles } = await openHistory(seedMany(1))
    await screen.getByRole('combobox', { name: 'Created' }).selectOptions('Choose days')
    await screen.getByLabelText('To').fill('2020-01-01')
    await expect.element(screen.getByText('Nothing matches')).toBeVisible()
    await screen.getByLabelText('To').fill('2199-01-01')
    await expect.poll(titles).toEqual(['Task 1'])
  })
})

describe('the selection', () => {
  it('takes a range by the Shift key, and only what an action can take', async () => {
    const server = seedMany(3)
    server.seed({ title: 'Waiting' })
    const { screen, check } = await openHistory(server)
    await check('Waiting').click()
    await check('Task 2').click({ modifiers: ['Shift'] })
    await expect.element(screen.getByText('3 selected')).toBeVisible()
    await expect.element(screen.getByRole('button', { name: 'Cancel 1' })).toBeVisible()
    await expect.element(screen.getByRole('button', { name: 'Delete 2' })).toBeVisible()
    await expect.element(screen.getByRole('button', { name: /Try again \d/ })).not.toBeInTheDocument()
  })

  it('deletes after a question, once, and says how many', async () => {
    const server = seedMany(4)
    const { screen, check, titles, context } = await openHistory(server)
    const spoken: string[] = []
    context().announcer.subscribe(({ text }) => spoken.push(text))
    await check('Task 1').click()
    await check('Task 3').click()
    await screen.getByRole('button', { name: 'Delete 2' }).click()
    const question = screen.getByRole('group', { name: 'Delete 2 tasks for good?' })
    await expect.poll(() => document.activeElement?.textContent).toBe('Not now')
    await question.getByRole('button', { name: 'Delete' }).click()
    await expect.poll(titles).toEqual(['Task 2', 'Task 4'])
    expect(spoken).toContain('2 tasks deleted.')
    expect(server.requests.filter((request) => request.includes('delete'))).toHaveLength(2)
  })

  it('takes all that match, those not shown included, by a count before', async () => {
    const server = seedMany(25)
    const { screen } = await openHistory(server)
    await screen.getByRole('checkbox', { name: 'Select all' }).click()
    await screen.getByRole('button', { name: /also those not shown/ }).click()
    await screen.getByRole('button', { name: 'Delete', exact: true }).click()
    const question = screen.getByRole('group', { name: 'Delete 25 tasks for good?' })
    await question.getByRole('button', { name: 'Delete' }).click()
    await expect.element(screen.getByText('No tasks yet')).toBeVisible()
  })
})

describe('a deleted row', () => {
  it('can be undone, and keeps the focus', async () => {
    const server = seedMany(2)
    const { screen, titles } = await openHistory(server)
    await screen.getByRole('button', { name: 'Delete Task 1' }).click()
    await expect.element(screen.getByRole('button', { name: 'Undo' })).toHaveFocus()
    await screen.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(titles).toEqual(['Task 1', 'Task 2'])
    expect(server.requests).not.toContain('POST delete')
  })

  it('goes after its time, and hands the focus to its neighbour', async () => {
    const server = seedMany(3)
    const { screen, titles } = await openHistory(server)
    vi.useFakeTimers({ shouldAdvanceTime: true, toFake: ['setTimeout', 'clearTimeout'] })
    await screen.getByRole('button', { name: 'Delete Task 2' }).click()
    await expect.element(screen.getByRole('button', { name: 'Undo' })).toHaveFocus()
    await userEvent.unhover(screen.getByRole('button', { name: 'Undo' }))
    await vi.advanceTimersByTimeAsync(9_000)
    await expect.poll(titles).toEqual(['Task 1', 'Task 3'])
    await expect.poll(() => document.activeElement?.getAttribute('aria-label')).toBe('Task 3')
  })

  it('is deleted at once when the list goes away', async () => {
    const server = seedMany(1)
    const { screen, rerender } = await openHistory(server)
    await screen.getByRole('button', { name: 'Delete Task 1' }).click()
    await rerender(<p>Another page</p>)
    await expect.poll(() => server.requests.filter((request) => request.includes('delete'))).toHaveLength(1)
  })
})

describe('for everybody', () => {
  it('moves between rows by the arrow keys, to the same control', async () => {
    const { check } = await openHistory(seedMany(3))
    ;(check('Task 1').element() as HTMLElement).focus()
    await userEvent.keyboard('{ArrowDown}{ArrowDown}')
    await expect.element(check('Task 3')).toHaveFocus()
    await userEvent.keyboard('{Home}')
    await expect.element(check('Task 1')).toHaveFocus()
  })

  it.each(['light', 'dark'])('has no accessibility violations in %s, with targets of 24 px', async (theme) => {
    document.documentElement.style.colorScheme = theme
    document.body.style.background = theme === 'dark' ? '#1c1c21' : '#ffffff'
    const server = seedMany(2, ['Aurora'])
    server.seed({ title: 'Live', status: 'processing', progress: 40, startedAt: hoursAgo(0) })
    server.seed({ title: 'Failed', ...ends.failed() })
    const { screen, check } = await renderInMain(server)
    await check('Failed').click()
    await screen.getByRole('button', { name: 'Delete 1' }).click()
    expect(await complaintsOfAxe()).toEqual([])
    for (const target of document.querySelectorAll('.brandkit-inline :is(button:enabled, summary, select, input)')) {
      const { height } = target.getBoundingClientRect()
      const margin = target.matches('[type=checkbox]') ? 6 : 0
      expect(height + margin).toBeGreaterThanOrEqual(24)
    }
    document.documentElement.style.colorScheme = ''
    document.body.style.background = ''
  })
})

async function renderInMain(server: FakeTaskServer) {
  const tasks = await renderTasks(
    <main lang="en">
      <h1>App</h1>
      <TaskHistory getHref={({ taskId }) => `#${taskId}`} onOpenResult={() => {}} />
    </main>,
    { server },
  )
  await expect.element(tasks.screen.getByRole('listitem', { name: 'Failed' })).toBeVisible()
  return { ...tasks, check: (title: string) => tasks.screen.getByRole('checkbox', { name: `Select ${title}` }) }
}

async function complaintsOfAxe(): Promise<string[]> {
  const { violations } = await axe.run(document.body, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  })
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}
