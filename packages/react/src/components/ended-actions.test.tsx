import type { TaskJson } from '@brandkit/core'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { ends } from '../../test/ends.js'
import { createFakeTaskServer } from '../../test/fake-task-server.js'
import { GenerateButton, PAYLOAD } from '../../test/generate-button.js'
import { renderTasks } from '../../test/render-tasks.js'
import '../styles.css'
import { TaskNotification } from './task-notification/task-notification.js'
import { TaskStatusIndicator } from './task-status-indicator/task-status-indicator.js'

const components = (
  <>
    <TaskStatusIndicator open />
    <TaskNotification />
  </>
)
const refusal = () => ends.failed('The budget is too small for four weeks.', 'generator_refused')
const spoken = () => document.querySelector('[data-brandkit-announcer="assertive"]')?.textContent

afterEach(() => {
  localStorage.clear()
  vi.restoreAllMocks()
})

describe('a failure whose input must change', () => {
  it('gives the app the task with its payload, which a list has left out', async () => {
    const server = createFakeTaskServer()
    const { taskId } = server.seed({ title: 'Refused', payload: PAYLOAD, ...refusal() } as Partial<TaskJson>)
    const onEdit = vi.fn()
    const { screen } = await renderTasks(components, { server, onEdit })
    await screen.getByRole('button', { name: 'Edit and try again: Refused' }).click()
    await expect.poll(() => onEdit.mock.calls).toEqual([[expect.objectContaining({ taskId, payload: PAYLOAD })]])
    expect(server.requests.filter((request) => request === 'GET status')).toHaveLength(1)
    expect(screen.getByRole('button', { name: /Try again/ }).query()).toBeNull()
  })

  it('says nothing that the button says, and the advice without the button', async () => {
    const server = createFakeTaskServer()
    server.seed({ ...refusal(), title: 'Refused' })
    const { screen, rerender } = await renderTasks(components, { server })
    const row = screen.getByRole('listitem', { name: 'Refused' })
    await expect.element(row).toMatchTextContent(/too small for four weeks\.Change the input and try it again\./)
    expect(screen.getByRole('button', { name: /Edit/ }).query()).toBeNull()
    await rerender(components, { onEdit: () => {} })
    await expect.element(screen.getByRole('button', { name: /Edit/ })).toBeVisible()
    expect(row.element().textContent).not.toContain('Change the input')
  })

  it('leaves the panel for the task that was made of it', async () => {
    const server = createFakeTaskServer()
    const { taskId } = server.seed({ ...refusal(), title: 'Refused' })
    const { screen, rerender, context } = await renderTasks(components, { server })
    await expect.poll(() => context().session.registry.ids()).toEqual([taskId])
    await rerender(<GenerateButton replaces={taskId} />)
    await screen.getByRole('button', { name: 'Generate' }).click()
    await expect.poll(() => server.tasks()).toHaveLength(2)
    await expect.poll(() => context().session.registry.ids()).not.toContain(taskId)
  })

  it('says so when its payload cannot be read', async () => {
    const server = createFakeTaskServer()
    server.seed({ ...refusal(), title: 'Refused' })
    const onEdit = vi.fn()
    const { screen, context } = await renderTasks(components, { server, onEdit })
    const edit = screen.getByRole('button', { name: /Edit/ })
    await expect.element(edit).toBeVisible()
    vi.spyOn(context().service.wire, 'getStatus').mockRejectedValue(new Error('no'))
    await edit.click()
    await expect.element(screen.getByRole('listitem')).toMatchTextContent(/The task could not be read/)
    expect(spoken()).toBe('The task could not be read. Try again.')
    expect(onEdit).not.toHaveBeenCalled()
  })
})

describe('a toast of a failure whose input must change', () => {
  it('opens the form, and goes', async () => {
    const onEdit = vi.fn()
    const { screen, context, change } = await renderTasks(
      <>
        <GenerateButton />
        <TaskNotification />
      </>,
      { onEdit },
    )
    await screen.getByRole('button', { name: 'Generate' }).click()
    await expect.poll(() => context().session.registry.ids()).toHaveLength(1)
    change(context().session.registry.ids()[0] ?? '', refusal())
    await screen.getByRole('button', { name: /Edit and try again/ }).click()
    expect(onEdit).toHaveBeenCalledWith(expect.objectContaining({ payload: expect.objectContaining(PAYLOAD) }))
    await expect.poll(() => document.querySelectorAll('.brandkit-toast')).toHaveLength(0)
  })
})

describe('a failure that less input may mend', () => {
  it('can be edited, and tried again as it is', async () => {
    const server = createFakeTaskServer()
    server.seed({ ...ends.failed('no', 'task_timed_out'), title: 'Slow' })
    const { screen } = await renderTasks(components, { server, onEdit: () => {} })
    await expect.element(screen.getByRole('button', { name: 'Edit and try again: Slow' })).toBeVisible()
    await expect.element(screen.getByRole('button', { name: 'Try again: Slow' })).toBeVisible()
    await expect.element(screen.getByRole('listitem')).toMatchTextContent(/took longer than it may/)
  })
})

describe('any other failure', () => {
  it('can be edited from the menu of its row', async () => {
    const server = createFakeTaskServer()
    const { taskId } = server.seed({
      ...ends.failed('No answer.'),
      title: 'Broken',
      payload: PAYLOAD,
    } as Partial<TaskJson>)
    const onEdit = vi.fn()
    const { screen } = await renderTasks(components, { server, onEdit })
    await screen.getByRole('button', { name: /^More.*Broken/ }).click()
    await screen.getByRole('menuitem', { name: 'Edit and try again' }).click()
    await expect.poll(() => onEdit.mock.calls).toEqual([[expect.objectContaining({ taskId, payload: PAYLOAD })]])
  })
})
