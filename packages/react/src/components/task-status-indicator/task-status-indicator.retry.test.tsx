import { afterEach, describe, expect, it, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { ends } from '../../../test/ends.js'
import { createFakeTaskServer } from '../../../test/fake-task-server.js'
import { renderTasks } from '../../../test/render-tasks.js'
import '../../styles.css'
import { TaskNotification } from '../task-notification/task-notification.js'
import { TaskStatusIndicator } from './task-status-indicator.js'

afterEach(() => {
  localStorage.clear()
  vi.restoreAllMocks()
})

describe('a failed task', () => {
  it('is tried again as a new one, which takes its place and the focus', async () => {
    const server = createFakeTaskServer()
    const failed = server.seed({ title: 'Broken', ...ends.failed() })
    const { screen, context } = await renderTasks(<TaskStatusIndicator open />, { server })
    await screen.getByRole('button', { name: 'Try again: Broken' }).click()

    const row = screen.getByRole('listitem')
    await expect.element(row.first()).toHaveAttribute('data-phase', 'waiting')
    expect(context().session.registry.ids()).not.toContain(failed.taskId)
    const [taskId = ''] = context().session.registry.ids()
    expect(server.find(taskId).retryOf).toBe(failed.taskId)
    await expect.element(row.first()).toHaveFocus()
  })

  it('is not offered again when its input was refused', async () => {
    const server = createFakeTaskServer()
    server.seed({ title: 'Refused', ...ends.failed(), errorCode: 'generator_refused' } as never)
    const { screen } = await renderTasks(<TaskStatusIndicator open />, { server })
    await expect.element(screen.getByRole('button', { name: 'Dismiss Refused' })).toBeVisible()
    expect(screen.getByRole('button', { name: /Try again/ }).query()).toBeNull()
  })

  it('says so when it could not be started again, and stays', async () => {
    const server = createFakeTaskServer()
    const { taskId } = server.seed({ title: 'Broken', ...ends.failed() })
    const { screen, context } = await renderTasks(<TaskStatusIndicator open />, { server })
    await expect.element(screen.getByRole('listitem', { name: 'Broken' })).toBeVisible()
    vi.spyOn(context().service.wire, 'retry').mockRejectedValue(new Error('no'))
    await screen.getByRole('button', { name: 'Try again: Broken' }).click()
    await expect
      .element(screen.getByRole('listitem', { name: 'Broken' }))
      .toMatchTextContent(/could not be started again/)
    expect(document.querySelector('[data-brandkit-announcer="assertive"]')?.textContent).toMatch(/started again/)
    expect(context().session.registry.ids()).toEqual([taskId])
  })
})

describe('a completed task', () => {
  it('does one step again as a new task, which takes its place', async () => {
    const server = createFakeTaskServer()
    const { taskId } = server.seed({ title: 'Nearly right', ...ends.completed() })
    const { context } = await renderTasks(<TaskStatusIndicator open />, { server })
    await expect.poll(() => context().session.registry.ids()).toEqual([taskId])
    const step = server.find(taskId).steps?.at(-1)?.key ?? ''
    const task = await context().session.retry(taskId, { step })
    expect(server.find(task.taskId).retryOf).toBe(taskId)
    expect(context().session.registry.ids()).toEqual([task.taskId])
  })
})

describe('a cancel', () => {
  it('is undone by a retry', async () => {
    const server = createFakeTaskServer()
    const waiting = server.seed({ title: 'Hasty' })
    const { screen, context } = await renderTasks(<TaskStatusIndicator open />, { server })
    await screen.getByRole('button', { name: 'Cancel Hasty' }).click()
    await screen.getByRole('button', { name: 'Try again: Hasty' }).click()
    await expect.poll(() => context().session.registry.ids()).not.toContain(waiting.taskId)
    const [taskId = ''] = context().session.registry.ids()
    expect(server.find(taskId)).toMatchObject({ status: 'queued', retryOf: waiting.taskId })
  })
})

describe('a toast of a failure', () => {
  it('tries again, by keyboard, and goes', async () => {
    const server = createFakeTaskServer()
    const { taskId } = server.seed({ title: 'Broken', status: 'processing' })
    const { screen, change, context } = await renderTasks(<TaskNotification />, { server })
    await expect.poll(() => context().session.registry.ids()).toHaveLength(1)
    change(taskId, ends.failed('No answer.'))
    await expect.element(screen.getByText('No answer.')).toBeVisible()
    screen.getByRole('button', { name: 'Try again: Broken' }).element().focus()
    await userEvent.keyboard('{Enter}')
    await expect.element(screen.getByText('No answer.')).not.toBeInTheDocument()
    expect(server.requests).toContain('POST retry')
  })
})
