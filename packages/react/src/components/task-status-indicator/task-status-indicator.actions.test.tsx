import { TaskError } from '@brandkit/core'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { ends } from '../../../test/ends.js'
import { createFakeTaskServer, type FakeTaskServer } from '../../../test/fake-task-server.js'
import { renderTasks } from '../../../test/render-tasks.js'
import '../../styles.css'
import { TaskStatusIndicator, type TaskStatusIndicatorProps } from './task-status-indicator.js'

afterEach(() => {
  localStorage.clear()
  vi.restoreAllMocks()
})

const open = async (server: FakeTaskServer, props: TaskStatusIndicatorProps = {}) =>
  renderTasks(<TaskStatusIndicator open {...props} />, { server })
const more = (title: string) => ({ name: `More actions for ${title}` })
const focused = () => document.activeElement?.textContent
const focusedIn = (selector: string) => () => document.activeElement?.closest(selector) !== null

describe('cancel all', () => {
  it('asks once with the number of one’s own tasks, by keyboard, and leaves colleagues’ tasks alone', async () => {
    const server = createFakeTaskServer({ authorize: () => 'brand' })
    const mine = ['First', 'Second'].map((title) => server.seed({ title, status: 'processing' }))
    mine.push(server.seed({ title: 'Third' }))
    const hers = server.seed({ title: 'Hers', status: 'processing', userId: 'grace', createdBy: 'grace' })
    const { screen } = await open(server)
    await expect.element(screen.getByRole('listitem', { name: 'Hers' })).toBeVisible()

    const all = screen.getByRole('button', { name: 'Cancel all' })
    all.element().focus()
    await userEvent.keyboard('{Enter}')
    await expect.element(screen.getByRole('group', { name: 'Cancel 3 tasks?' })).toBeVisible()
    await expect.element(screen.getByRole('button', { name: 'Keep running' })).toHaveFocus()
    await userEvent.keyboard('{Escape}')
    await expect.element(all).toHaveFocus()
    expect(server.requests).not.toContain('POST cancel')

    await userEvent.keyboard('{Enter}')
    await expect.element(screen.getByRole('button', { name: 'Keep running' })).toHaveFocus()
    await userEvent.keyboard('{Shift>}{Tab}{/Shift}{Enter}')
    for (const { taskId } of mine) await expect.poll(() => server.find(taskId).status).toBe('cancelled')
    expect(server.find(hers.taskId).status).toBe('processing')
    // The action has gone with the tasks that it takes.
    await expect.element(all).not.toBeInTheDocument()
    await expect.poll(focusedIn('.brandkit-panel-list')).toBe(true)
  })

  it('counts those that were refused, and stays', async () => {
    const server = createFakeTaskServer()
    for (const title of ['First', 'Second', 'Third']) server.seed({ title })
    const { screen, context } = await open(server)
    await expect.poll(() => context().session.registry.ids()).toHaveLength(3)
    const { wire } = context().service
    const cancel = wire.cancel
    const [refused] = context().session.registry.ids()
    vi.spyOn(wire, 'cancel').mockImplementation(async (taskId) => {
      if (taskId === refused) throw new TaskError('forbidden', 'You may not.')
      return cancel(taskId)
    })
    await screen.getByRole('button', { name: 'Cancel all' }).click()
    await screen.getByRole('button', { name: 'Cancel all' }).click()
    await expect.element(screen.getByText('1 could not be changed.').first()).toBeVisible()
    await expect.element(screen.getByRole('button', { name: 'Cancel all' })).toHaveFocus()
    expect(document.querySelector('[data-brandkit-announcer="assertive"]')?.textContent).toMatch(/^1 could not/)
  })

  it('is not offered for one task, which has a button of its own', async () => {
    const server = createFakeTaskServer()
    server.seed({ title: 'Only' })
    const { screen } = await open(server)
    await expect.element(screen.getByRole('button', { name: 'Cancel Only' })).toBeVisible()
    expect(screen.getByRole('button', { name: 'Cancel all' }).query()).toBeNull()
  })
})

describe('try all again', () => {
  it('starts every failure anew, except refused ones', async () => {
    const server = createFakeTaskServer()
    const failed = ['First', 'Second'].map((title) => server.seed({ title, ...ends.failed() }))
    const refused = server.seed({ title: 'Refused', ...ends.failed(), errorCode: 'generator_refused' } as never)
    const { screen, context } = await open(server)
    await screen.getByRole('button', { name: 'Try all again' }).click()
    await expect.element(screen.getByRole('group', { name: 'Try 2 tasks again?' })).toBeVisible()
    await screen.getByRole('button', { name: 'Try all again' }).click()
    const retried = () =>
      context()
        .session.registry.tasks()
        .flatMap(({ retryOf }) => retryOf ?? [])
    await expect.poll(() => retried().toSorted()).toEqual(failed.map(({ taskId }) => taskId).toSorted())
    expect(context().session.registry.ids()).toContain(refused.taskId)
  })
})

describe('clear', () => {
  it('takes ended tasks off the list, and nothing from the server', async () => {
    const server = createFakeTaskServer()
    const done = server.seed({ title: 'Done', ...ends.completed() })
    server.seed({ title: 'Stopped', ...ends.cancelled() })
    server.seed({ title: 'Running', status: 'processing' })
    const { screen } = await open(server)
    await screen.getByRole('button', { name: 'Clear' }).click()
    await expect.element(screen.getByRole('group', { name: 'Clear 2 tasks from this list?' })).toBeVisible()
    await screen.getByRole('button', { name: 'Clear' }).click()
    await expect.poll(() => screen.getByRole('listitem').all()).toHaveLength(1)
    await expect.poll(focusedIn('.brandkit-panel-list')).toBe(true)
    expect(server.find(done.taskId).status).toBe('completed')
  })
})

describe('the menu of a row', () => {
  it('opens, moves and closes by keyboard, and leaves the panel open', async () => {
    const server = createFakeTaskServer()
    server.seed({ title: 'Done', ...ends.completed() })
    const { screen } = await open(server, { onOpenTask: () => {} })
    const button = screen.getByRole('button', more('Done'))
    await expect.element(button).toBeVisible()
    button.element().focus()
    await userEvent.keyboard('{ArrowDown}')
    await expect.poll(focused).toBe('Open')
    const reached: (string | null | undefined)[] = []
    for (const key of ['{ArrowDown}', '{End}', '{ArrowDown}', '{ArrowUp}', '{Home}', 'd', 'd']) {
      await userEvent.keyboard(key)
      reached.push(focused())
    }
    expect(reached).toEqual(['Copy trace id', 'Delete', 'Open', 'Delete', 'Open', 'Dismiss', 'Delete'])
    await userEvent.keyboard('{Escape}')
    await expect.element(screen.getByRole('menu')).not.toBeInTheDocument()
    await expect.element(button).toHaveFocus()
    await expect.element(screen.getByRole('region', { name: 'Background tasks' })).toBeVisible()
  })

  it('lies inside the window, above everything, and closes when the user presses elsewhere', async () => {
    const server = createFakeTaskServer()
    for (let index = 0; index < 12; index++) server.seed({ title: `Task ${index}`, ...ends.failed() })
    const { screen } = await open(server)
    const rows = screen.getByRole('button', { name: /^More actions/ })
    await expect.poll(() => rows.all()).toHaveLength(12)
    for (const button of [rows.first(), rows.last()]) {
      await button.click()
      const menu = screen.getByRole('menu').element()
      const { top, bottom, left, right } = menu.getBoundingClientRect()
      expect(Math.min(top, left)).toBeGreaterThanOrEqual(0)
      expect(bottom).toBeLessThanOrEqual(innerHeight)
      expect(right).toBeLessThanOrEqual(innerWidth)
      expect(menu.contains(document.elementFromPoint(left + 12, bottom - 12))).toBe(true)
      await screen.getByRole('heading', { name: 'Background tasks' }).click()
      await expect.element(screen.getByRole('menu')).not.toBeInTheDocument()
    }
  })

  it('copies the trace id, and says so', async () => {
    const written = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue()
    const server = createFakeTaskServer()
    const { traceId } = server.seed({ title: 'Running', status: 'processing' })
    const { screen } = await open(server)
    await screen.getByRole('button', more('Running')).click()
    await screen.getByRole('menuitem', { name: 'Copy trace id' }).click()
    await expect.poll(() => written.mock.calls).toEqual([[traceId]])
    await expect.poll(() => document.querySelector('[data-brandkit-announcer="polite"]')?.textContent).toMatch(/Copied/)
    await expect.element(screen.getByRole('button', more('Running'))).toHaveFocus()
  })

  it('dismisses, and the neighbour gets the focus', async () => {
    const server = createFakeTaskServer()
    for (const title of ['First', 'Second']) server.seed({ title, ...ends.failed() })
    const { screen } = await open(server)
    await screen.getByRole('button', more('Second')).click()
    await screen.getByRole('menuitem', { name: 'Dismiss' }).click()
    await expect.element(screen.getByRole('listitem', { name: 'First' })).toHaveFocus()
  })

  it('deletes after one question, and never what belongs to a colleague', async () => {
    const server = createFakeTaskServer({ authorize: () => 'brand' })
    server.seed({ title: 'Mine', ...ends.completed() })
    const hers = server.seed({ title: 'Hers', status: 'processing', userId: 'grace', createdBy: 'grace' })
    const { screen, change } = await open(server)
    await screen.getByRole('button', more('Mine')).click()
    await screen.getByRole('menuitem', { name: 'Delete' }).click()
    await expect.element(screen.getByRole('button', { name: 'Keep' })).toHaveFocus()
    expect(server.requests).not.toContain('POST delete')
    await screen.getByRole('button', { name: 'Delete' }).click()
    await expect.element(screen.getByRole('listitem', { name: 'Mine' })).not.toBeInTheDocument()
    expect(server.requests).toContain('POST delete')

    change(hers.taskId, ends.completed())
    await expect.element(screen.getByRole('listitem', { name: 'Hers' })).toHaveAttribute('data-phase', 'completed')
    await screen.getByRole('button', more('Hers')).click()
    expect(screen.getByRole('menuitem', { name: 'Delete' }).query()).toBeNull()
  })
})

describe('the title of a row', () => {
  it('opens the task, whatever it does', async () => {
    const server = createFakeTaskServer()
    server.seed({ title: 'Running', status: 'processing' })
    const onOpenTask = vi.fn()
    const { screen } = await open(server, { onOpenTask })
    await screen.getByRole('button', { name: 'Running', exact: true }).click()
    expect(onOpenTask).toHaveBeenCalledWith(expect.objectContaining({ title: 'Running', createdAt: expect.any(Date) }))
  })

  it('opens the result of a completed task where the app opens results only', async () => {
    const server = createFakeTaskServer()
    server.seed({ title: 'Done', ...ends.completed() })
    server.seed({ title: 'Running', status: 'processing' })
    const onOpenResult = vi.fn()
    const { screen } = await open(server, { onOpenResult })
    await screen.getByRole('button', { name: 'Done', exact: true }).click()
    await expect.poll(() => onOpenResult.mock.calls).toHaveLength(1)
    expect(screen.getByRole('button', { name: 'Running', exact: true }).query()).toBeNull()
  })
})
