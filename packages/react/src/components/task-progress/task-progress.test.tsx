import { afterEach, describe, expect, it } from 'vitest'
import { ends } from '../../../test/ends.js'
import { createFakeTaskServer } from '../../../test/fake-task-server.js'
import { renderTasks } from '../../../test/render-tasks.js'
import '../../styles.css'
import { toAppTask } from '../../queries/to-app-task.js'
import { TaskSteps } from '../task-steps/task-steps.js'
import { TaskProgress } from './task-progress.js'

afterEach(() => localStorage.clear())

const startedAt = () => new Date(Date.now() - 5_000).toISOString()
const rootOf = (name: string) => document.querySelector<HTMLElement>(`[data-component="${name}"]`)

describe('TaskProgress', () => {
  it('follows a task from its id alone, from the first step to the end', async () => {
    const server = createFakeTaskServer()
    const { taskId } = server.seed({
      title: 'Plan',
      status: 'processing',
      startedAt: startedAt(),
      currentStep: 'channels',
    })
    const { screen, change } = await renderTasks(<TaskProgress taskId={taskId} />, { server })
    const bar = screen.getByRole('progressbar', { name: 'Plan' })
    await expect.element(bar).not.toHaveAttribute('value')
    await expect.poll(() => rootOf('task-progress')?.textContent).toMatch(/Choosing channels/)
    change(taskId, { progress: 42.6 })
    await expect.element(bar).toHaveAttribute('value', '42')
    await expect.element(screen.getByText('42%')).toBeVisible()
    change(taskId, { progress: 100 })
    await expect.element(bar).toHaveAttribute('value', '99')
    change(taskId, ends.completed())
    await expect.element(bar).not.toBeInTheDocument()
    expect(rootOf('task-progress')?.dataset['phase']).toBe('completed')
  })

  it('takes a task that a list has told of, without a request for it', async () => {
    const server = createFakeTaskServer()
    const task = toAppTask(server.seed({ title: 'Done', ...ends.completed() }))
    const { screen } = await renderTasks(<TaskProgress task={task} />, { server })
    await expect.element(screen.getByText('Completed')).toBeVisible()
    expect(server.requests.filter((request) => request === 'GET status')).toEqual([])
  })

  it('goes over to the task of a retry', async () => {
    const server = createFakeTaskServer()
    const { taskId } = server.seed({ title: 'Plan', ...ends.failed() })
    const { screen } = await renderTasks(<TaskProgress taskId={taskId} />, { server })
    await screen.getByRole('button', { name: 'Try again: Plan' }).click()
    await expect.poll(() => rootOf('task-progress')?.dataset['phase']).toBe('waiting')
    expect(rootOf('task-progress')?.dataset['taskId']).not.toBe(taskId)
    await screen.getByRole('button', { name: 'Cancel Plan' }).click()
    await expect.poll(() => rootOf('task-progress')?.dataset['phase']).toBe('cancelled')
  })

  it('leads to the page of its task by its title, and to the result where the app has no page', async () => {
    const server = createFakeTaskServer()
    const { taskId } = server.seed({ title: 'Plan', ...ends.completed() })
    const opened: string[] = []
    const getHref = () => `#${taskId}`
    const { screen, rerender } = await renderTasks(
      <TaskProgress taskId={taskId} getHref={getHref} onOpenTask={({ title }) => opened.push(`task ${title}`)} />,
      { server },
    )
    const link = screen.getByRole('link', { name: 'Plan' })
    await expect.element(link).toHaveAttribute('href', `#${taskId}`)
    await link.click()
    expect([opened, location.hash]).toEqual([['task Plan'], ''])
    await rerender(<TaskProgress taskId={taskId} onOpenResult={({ title }) => opened.push(`result ${title}`)} />)
    await screen.getByRole('button', { name: 'Plan', exact: true }).click()
    await screen.getByRole('button', { name: 'Open result of Plan' }).click()
    expect(opened.slice(1)).toEqual(['result Plan', 'result Plan'])
  })

  it('has actions only if they are wanted', async () => {
    const server = createFakeTaskServer()
    const { taskId } = server.seed({ title: 'Plan', status: 'processing', startedAt: startedAt() })
    const { screen, rerender } = await renderTasks(<TaskProgress taskId={taskId} variant="compact" />, { server })
    await expect.element(screen.getByRole('progressbar')).toBeVisible()
    expect(document.querySelectorAll('button')).toHaveLength(0)
    await rerender(<TaskProgress taskId={taskId} variant="compact" actions />)
    await expect.element(screen.getByRole('button', { name: 'Cancel Plan' })).toBeVisible()
    await rerender(<TaskProgress taskId={taskId} actions={false} />)
    await expect.element(screen.getByRole('button')).not.toBeInTheDocument()
  })

  it('says that a task is gone', async () => {
    const { screen } = await renderTasks(<TaskProgress taskId="01956000-0000-7000-8000-000000000099" />)
    await expect.element(screen.getByText('This task is no longer there.')).toBeVisible()
  })
})

describe('TaskSteps', () => {
  it('says of each step how far it is, how many items are done, and how long it took', async () => {
    const server = createFakeTaskServer()
    const began = Date.now() - 90_000
    const at = (seconds: number) => new Date(began + seconds * 1_000).toISOString()
    const { taskId } = server.seed({
      title: 'Package',
      type: 'GENERATE_CONTENT_PACKAGE',
      status: 'processing',
      startedAt: at(0),
      currentStep: 'posts',
      steps: [
        { key: 'angles', title: 'Finding angles', status: 'completed', startedAt: at(0), completedAt: at(75) },
        { key: 'posts', title: 'Writing posts', status: 'running', startedAt: at(75), items: { done: 7, total: 12 } },
        { key: 'calendar', title: 'Filling the calendar', status: 'pending' },
      ],
    })
    const { screen } = await renderTasks(<TaskSteps taskId={taskId} />, { server })
    const list = screen.getByRole('list', { name: 'Steps of Package' })
    await expect.element(list).toBeVisible()
    const [angles, posts, calendar] = [...list.element().children].map(({ textContent }) => textContent)
    expect(angles).toBe('Finding angles  (done) 1m 15s')
    expect(posts).toMatch(/^Writing posts 7 of 12 \(in progress\) \d+s$/)
    expect(calendar).toMatch(/^Filling the calendar\s+\(to do\)\s*$/)
  })

  it('shows nothing for a task without steps', async () => {
    const server = createFakeTaskServer()
    const task = toAppTask(server.seed({ title: 'Plain', status: 'processing', startedAt: startedAt() }))
    const { steps: _steps, ...plain } = task
    await renderTasks(<TaskSteps task={plain} />, { server })
    expect(document.querySelector('[data-component="task-steps"]')).toBeNull()
  })
})
