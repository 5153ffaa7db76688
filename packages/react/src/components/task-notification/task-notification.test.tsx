import { afterEach, describe, expect, it, vi } from 'vitest'
import { ends } from '../../../test/ends.js'
import { createFakeTaskServer } from '../../../test/fake-task-server.js'
import { fakePageTime, LONG_MS, outlastToast } from '../../../test/page-time.js'
import { GenerateButton } from '../../../test/generate-button.js'
import { renderTasks } from '../../../test/render-tasks.js'
import '../../styles.css'
import { TaskStatusIndicator } from '../task-status-indicator/task-status-indicator.js'
import { TaskNotification, type TaskNotificationProps } from './task-notification.js'

async function generate(props: TaskNotificationProps = {}) {
  const tasks = await renderTasks(
    <>
      <GenerateButton />
      <TaskStatusIndicator />
      <TaskNotification {...props} />
    </>,
  )
  await tasks.screen.getByRole('button', { name: 'Generate' }).click()
  await expect.element(tasks.screen.getByText('Started')).toBeVisible()
  return { ...tasks, taskId: tasks.context().session.registry.ids()[0] ?? '' }
}

const toasts = () => [...document.querySelectorAll('.brandkit-toast')]
const spoken = (urgency: string) => document.querySelector(`[data-brandkit-announcer="${urgency}"]`)?.textContent

afterEach(() => {
  vi.useRealTimers()
  localStorage.clear()
})

describe('TaskNotification', () => {
  it('tells that a task has started, and turns the same toast into its end', async () => {
    const onOpenResult = vi.fn()
    const { screen, server, change, taskId } = await generate({ onOpenResult })
    server.change(taskId, { status: 'processing' })
    change(taskId, ends.completed())
    await expect.element(screen.getByText('Completed')).toBeVisible()
    expect(toasts()).toHaveLength(1)
    await screen.getByRole('button', { name: /Open result/ }).click()
    expect(onOpenResult).toHaveBeenCalledWith(expect.objectContaining({ taskId, status: 'completed' }))
    await expect.poll(toasts).toHaveLength(0)
  })

  it('lets a success go after its time, and keeps a failure', async () => {
    fakePageTime()
    const { screen, change, taskId } = await generate({ duration: LONG_MS })
    await outlastToast()
    await expect.poll(toasts).toHaveLength(0)
    change(taskId, ends.failed('No answer.'))
    await expect.element(screen.getByText('No answer.')).toBeVisible()
    await screen.getByRole('button', { name: 'Generate' }).click()
    await expect.poll(toasts).toHaveLength(2)
    await outlastToast()
    await expect.poll(toasts).toHaveLength(1)
    expect(toasts()[0]?.textContent).toContain('No answer.')
  })

  it('waits while somebody points at it', async () => {
    fakePageTime()
    const { screen } = await generate({ duration: LONG_MS })
    // The pill appears after the toast and moves it up, away from the pointer.
    await expect.element(screen.getByRole('button', { name: /1 waiting/ })).toBeVisible()
    await screen.getByText('Started').hover()
    await outlastToast()
    expect(toasts()).toHaveLength(1)
    await screen.getByRole('button', { name: 'Generate' }).hover()
    await outlastToast()
    await expect.poll(toasts).toHaveLength(0)
  })

  it('makes one toast of many ends', async () => {
    const server = createFakeTaskServer()
    const many = Array.from({ length: 5 }, () => server.seed({ status: 'processing' }))
    const tasks = await renderTasks(<TaskNotification />, { server })
    await expect.poll(() => tasks.context().session.registry.ids()).toHaveLength(5)
    for (const { taskId } of many) server.change(taskId, ends.completed())
    tasks.context().follower.wake()
    await expect.element(tasks.screen.getByText('5 completed').first()).toBeVisible()
    expect(toasts()).toHaveLength(1)
  })

  it('is silent about rows that are in view', async () => {
    const { screen, server, change, taskId } = await generate()
    await screen.getByRole('button', { name: /1 waiting/ }).click()
    // The row says what the toast said.
    await expect.poll(toasts).toHaveLength(0)
    server.change(taskId, { status: 'processing' })
    change(taskId, ends.completed())
    await expect
      .element(screen.getByRole('listitem', { name: /Media plan/ }))
      .toHaveAttribute('data-phase', 'completed')
    await expect.poll(toasts).toHaveLength(0)
  })

  it('gives no toast for what ended before the page was loaded', async () => {
    const server = createFakeTaskServer()
    server.seed({ title: 'Old', ...ends.completed() })
    const tasks = await renderTasks(<TaskNotification />, { server })
    await expect.poll(() => tasks.context().session.registry.ids()).toHaveLength(1)
    expect(toasts()).toHaveLength(0)
  })
})

describe('TaskAnnouncer', () => {
  it('is there, empty, before the first task', async () => {
    await renderTasks(null)
    expect(spoken('polite')).toBe('')
    expect(spoken('assertive')).toBe('')
  })

  it('says start and end once each, and a failure assertively', async () => {
    const { change, taskId } = await generate()
    await expect.poll(() => spoken('polite')).toBe('Media plan: Campaign 1 started.')
    change(taskId, ends.failed('No answer.'))
    await expect.poll(() => spoken('assertive')).toBe('Media plan: Campaign 1 failed: No answer.')
    expect(spoken('polite')).toBe('Media plan: Campaign 1 started.')
  })

  it('says how far a task is', async () => {
    const { change, taskId } = await generate()
    change(taskId, { status: 'processing', progress: 51 })
    await expect.poll(() => spoken('polite')).toContain('Media plan: Campaign 1: 50 percent.')
  })
})
