import { afterEach, describe, expect, it, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { ends } from '../../../test/ends.js'
import { createFakeTaskServer } from '../../../test/fake-task-server.js'
import { renderTasks } from '../../../test/render-tasks.js'
import '../../styles.css'
import { TaskStatusIndicator } from './task-status-indicator.js'

afterEach(() => localStorage.clear())

const nameOfFocused = () => {
  const focused = document.activeElement
  if (!focused?.matches('button, summary')) return ''
  return focused.getAttribute('aria-label') ?? focused.textContent ?? ''
}

/** Presses Tab until an element with this name has the focus. */
async function tabTo(name: RegExp): Promise<void> {
  for (let presses = 0; presses < 30 && !name.test(nameOfFocused()); presses++) await userEvent.keyboard('{Tab}')
  expect(nameOfFocused()).toMatch(name)
}

describe('the keyboard alone', () => {
  it('opens the panel, folds out steps, cancels, tries again, opens a result, dismisses and closes', async () => {
    const server = createFakeTaskServer()
    const running = server.seed({
      title: 'Running',
      status: 'processing',
      progress: 30,
      startedAt: new Date().toISOString(),
    })
    server.seed({ title: 'Broken', ...ends.failed() })
    server.seed({ title: 'Done', ...ends.completed() })
    const onOpenResult = vi.fn()
    const { screen } = await renderTasks(
      <>
        <button type="button">Of the app</button>
        <TaskStatusIndicator onOpenResult={onOpenResult} />
      </>,
      { server },
    )
    await expect.element(screen.getByRole('button', { name: /1 running/ })).toBeVisible()

    await tabTo(/1 running/)
    await userEvent.keyboard('{Enter}')
    await expect.element(screen.getByRole('region', { name: 'Background tasks' })).toBeVisible()

    screen.getByRole('button', { name: 'Of the app' }).element().focus()
    await tabTo(/of 5 steps/)
    await userEvent.keyboard('{Enter}')
    await expect.element(screen.getByText('Filling the calendar').first()).toBeVisible()

    screen.getByRole('button', { name: 'Of the app' }).element().focus()
    await tabTo(/^Cancel Running/)
    await userEvent.keyboard('{Enter}')
    await expect.poll(nameOfFocused).toBe('Keep running')
    await userEvent.keyboard('{Shift>}{Tab}{/Shift}{Enter}')
    await expect.poll(() => server.find(running.taskId).status).toBe('cancelled')

    // The row has moved down and kept the focus. Start at the top again, because Tab from the last control leaves the
    // page.
    screen.getByRole('button', { name: 'Of the app' }).element().focus()
    await tabTo(/^Try again: Broken/)
    await userEvent.keyboard('{Enter}')
    await expect.poll(() => server.requests).toContain('POST retry')

    screen.getByRole('button', { name: 'Of the app' }).element().focus()
    await tabTo(/^Open result of Done/)
    await userEvent.keyboard('{Enter}')
    expect(onOpenResult).toHaveBeenCalledOnce()

    await tabTo(/^Dismiss Done/)
    await userEvent.keyboard('{Enter}')
    await expect.element(screen.getByRole('listitem', { name: 'Done' })).not.toBeInTheDocument()

    await userEvent.keyboard('{Escape}')
    await expect.element(screen.getByRole('region', { name: 'Background tasks' })).not.toBeInTheDocument()
    await expect.element(screen.getByRole('button', { name: /1 waiting/ })).toHaveFocus()
  })

  it('keeps an open panel when its last row goes, and then goes back to where it came from', async () => {
    const server = createFakeTaskServer()
    server.seed({ title: 'Only', ...ends.failed() })
    const { screen } = await renderTasks(
      <>
        <button type="button">Of the app</button>
        <TaskStatusIndicator />
      </>,
      { server },
    )
    await expect.element(screen.getByRole('button', { name: /1 task needs attention/ })).toBeVisible()
    screen.getByRole('button', { name: 'Of the app' }).element().focus()
    await userEvent.keyboard('{Tab}{Enter}')
    await tabBackTo(/^Dismiss Only/)
    await userEvent.keyboard('{Enter}')
    await expect.element(screen.getByText('Nothing is running')).toBeVisible()
    await expect.element(screen.getByRole('button', { name: 'Close' })).toHaveFocus()

    await userEvent.keyboard('{Escape}')
    await expect.element(screen.getByText('Nothing is running')).not.toBeInTheDocument()
    await expect.element(screen.getByRole('button', { name: 'Of the app' })).toHaveFocus()
  })

  it('is left alone by a panel that fills and by rows that change', async () => {
    const server = createFakeTaskServer()
    const { taskId } = server.seed({ title: 'First', status: 'processing' })
    const { screen, change } = await renderTasks(
      <>
        <input aria-label="Of the app" />
        <TaskStatusIndicator open />
      </>,
      { server },
    )
    screen.getByRole('textbox', { name: 'Of the app' }).element().focus()
    await expect.element(screen.getByRole('listitem', { name: 'First' })).toBeVisible()
    change(taskId, ends.failed())
    await expect.element(screen.getByRole('listitem', { name: 'First' })).toHaveAttribute('data-phase', 'failed')
    await expect.element(screen.getByRole('textbox', { name: 'Of the app' })).toHaveFocus()
  })
})

async function tabBackTo(name: RegExp): Promise<void> {
  for (let presses = 0; presses < 30 && !name.test(nameOfFocused()); presses++)
    await userEvent.keyboard('{Shift>}{Tab}{/Shift}')
  expect(nameOfFocused()).toMatch(name)
}
