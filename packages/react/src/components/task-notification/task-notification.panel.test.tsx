import { afterEach, describe, expect, it, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { ends } from '../../../test/ends.js'
import { createFakeTaskServer } from '../../../test/fake-task-server.js'
import { GenerateButton } from '../../../test/generate-button.js'
import { renderTasks } from '../../../test/render-tasks.js'
import '../../styles.css'
import { TaskStatusIndicator, type TaskStatusIndicatorProps } from '../task-status-indicator/task-status-indicator.js'
import { TaskNotification } from './task-notification.js'

async function renderRunning(count: number, props: TaskStatusIndicatorProps | null = {}) {
  const server = createFakeTaskServer()
  const seeded = Array.from({ length: count }, (_, index) =>
    server.seed({ title: `Task ${index + 1}`, status: 'processing' }),
  )
  const tasks = await renderTasks(
    <>
      <GenerateButton />
      {props && <TaskStatusIndicator {...props} />}
      <TaskNotification duration={Infinity} />
    </>,
    { server },
  )
  await expect.poll(() => tasks.context().session.registry.ids()).toHaveLength(count)
  return {
    ...tasks,
    endAll: (end: keyof typeof ends) => {
      for (const { taskId } of seeded) server.change(taskId, ends[end]())
      tasks.context().follower.wake()
    },
  }
}

const toasts = () => document.querySelectorAll('.brandkit-toast')

afterEach(() => {
  vi.useRealTimers()
  localStorage.clear()
})

describe('while the panel is open', () => {
  it('no toast repeats a row, even one that is scrolled out of view', async () => {
    const { screen, endAll } = await renderRunning(14, { open: true })
    await screen.getByRole('button', { name: 'Generate' }).click()
    await expect.element(screen.getByRole('listitem', { name: /Campaign 1/ })).toBeVisible()
    endAll('failed')
    await expect
      .element(screen.getByRole('listitem', { name: 'Task 14', exact: true }))
      .toHaveAttribute('data-phase', 'failed')
    expect(toasts()).toHaveLength(0)
  })

  it('a task that its filter leaves out has its toast', async () => {
    const { screen, endAll } = await renderRunning(1, { open: true, filter: { type: 'GENERATE_TRENDS' } })
    endAll('completed')
    await expect.element(screen.getByText('Completed')).toBeVisible()
  })

  it('a task that ended too soon for a row has its toast', async () => {
    const { screen, server, context, change } = await renderRunning(0, { open: true })
    // The time after which the task would have its row never comes.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    await screen.getByRole('button', { name: 'Generate' }).click()
    await expect.poll(() => context().session.registry.ids()).toHaveLength(1)
    expect(toasts()).toHaveLength(0)
    const [taskId = ''] = context().session.registry.ids()
    server.change(taskId, { status: 'processing' })
    change(taskId, ends.completed())
    await expect.element(screen.getByText('Completed')).toBeVisible()
  })
})

describe('a toast of a burst', () => {
  it('shows the rows of its tasks in the panel, and the first one has the focus', async () => {
    const { screen, endAll } = await renderRunning(5)
    endAll('failed')
    await expect.element(screen.getByText('5 failed').first()).toBeVisible()
    screen.getByRole('button', { name: 'Show: 5 failed' }).element().focus()
    await userEvent.keyboard('{Enter}')
    await expect.element(screen.getByRole('listitem', { name: 'Task 5', exact: true })).toHaveFocus()
    expect(document.activeElement?.closest('[data-group]')).toHaveAttribute('data-group', 'attention')
    await expect.poll(toasts).toHaveLength(0)
    await userEvent.keyboard('{Escape}')
    await expect.element(screen.getByRole('button', { name: /5 tasks need/ })).toHaveFocus()
  })

  it('asks the app, where the app decides about the panel, and takes no focus if it stays closed', async () => {
    const asked: boolean[] = []
    const { screen, endAll } = await renderRunning(4, { open: false, onOpenChange: (open) => asked.push(open) })
    endAll('completed')
    await screen.getByRole('button', { name: 'Show: 4 completed' }).click()
    expect(asked).toEqual([true])
    await expect.poll(toasts).toHaveLength(0)
  })

  it('has nothing to show on a page without a panel', async () => {
    const { screen, endAll } = await renderRunning(4, null)
    endAll('completed')
    await expect.element(screen.getByText('4 completed').first()).toBeVisible()
    expect(screen.getByRole('button', { name: /^Show/ }).elements()).toEqual([])
  })
})
