import axe from 'axe-core'
import { Profiler } from 'react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { ends } from '../../../test/ends.js'
import { createFakeTaskServer, type FakeTaskServer } from '../../../test/fake-task-server.js'
import { GenerateButton } from '../../../test/generate-button.js'
import { renderTasks } from '../../../test/render-tasks.js'
import '../../styles.css'
import { TaskNotification } from '../task-notification/task-notification.js'
import { TaskStatusIndicator, type TaskStatusIndicatorProps } from './task-status-indicator.js'

const startedAt = () => new Date(Date.now() - 5_000).toISOString()

/** Opens the panel with the server's tasks. */
async function openPanel(server: FakeTaskServer, props: TaskStatusIndicatorProps = {}) {
  const tasks = await renderTasks(<TaskStatusIndicator {...props} />, { server })
  const pill = tasks.screen.getByRole('button', { name: /running|waiting|attention|completed/ })
  await pill.click()
  await expect.element(tasks.screen.getByRole('region', { name: 'Background tasks' })).toBeVisible()
  return { ...tasks, pill }
}

afterEach(() => localStorage.clear())

describe('TaskStatusIndicator', () => {
  it('takes a task from waiting over working to finished', async () => {
    const tasks = await renderTasks(
      <>
        <GenerateButton />
        <TaskStatusIndicator />
      </>,
    )
    const { screen } = tasks
    await screen.getByRole('button', { name: 'Generate' }).click()
    await screen.getByRole('button', { name: /1 waiting/ }).click()
    const row = screen.getByRole('listitem', { name: 'Media plan: Campaign 1' })
    await expect.element(row).toHaveAttribute('data-phase', 'waiting')
    const taskId = tasks.context().session.registry.ids()[0] ?? ''

    tasks.change(taskId, { status: 'processing', startedAt: startedAt(), progress: 0, currentStep: 'channels' })
    await expect.element(row).toHaveAttribute('data-phase', 'running')
    await expect.element(row).toMatchTextContent(/Choosing channels/)
    const bar = screen.getByRole('progressbar', { name: 'Media plan: Campaign 1' })
    await expect.element(bar).not.toHaveAttribute('value')

    tasks.change(taskId, { progress: 42.6 })
    await expect.element(bar).toHaveAttribute('value', '42')
    await expect.element(bar).toHaveAttribute('aria-valuetext', '42 percent')
    tasks.change(taskId, { progress: 100 })
    await expect.element(bar).toHaveAttribute('value', '99')

    tasks.change(taskId, ends.completed())
    await expect.element(row).toMatchTextContent(/Completed/)
    await expect.element(bar).not.toBeInTheDocument()
  })

  it('does not flash up for a task that is over at once', async () => {
    const tasks = await renderTasks(
      <>
        <GenerateButton />
        <TaskStatusIndicator />
      </>,
    )
    await tasks.screen.getByRole('button', { name: 'Generate' }).click()
    await expect.poll(() => tasks.context().session.registry.ids()).toHaveLength(1)
    const taskId = tasks.context().session.registry.ids()[0] ?? ''
    tasks.server.change(taskId, { status: 'processing' })
    tasks.change(taskId, ends.completed())
    await expect.poll(() => tasks.context().session.cache.find(taskId)?.status).toBe('completed')
    // A later task is revealed; the 400 ms of the first task have passed by then, too.
    await tasks.screen.getByRole('button', { name: 'Generate' }).click()
    await expect.element(tasks.screen.getByRole('button', { name: /1 waiting/ })).toBeVisible()
    expect(tasks.context().session.registry.isRevealed(taskId)).toBe(false)
  })

  it('cancels a waiting task at once', async () => {
    const server = createFakeTaskServer()
    const { taskId } = server.seed({ title: 'Waiting' })
    const { screen } = await openPanel(server)
    await screen.getByRole('button', { name: 'Cancel Waiting' }).click()
    await expect.element(screen.getByRole('listitem', { name: 'Waiting' })).toHaveAttribute('data-phase', 'cancelled')
    expect(server.find(taskId).status).toBe('cancelled')
  })

  it('asks before it cancels a running task, and hands the focus on', async () => {
    const server = createFakeTaskServer()
    server.seed({ title: 'Running', status: 'processing', startedAt: startedAt() })
    const { screen } = await openPanel(server)
    await screen.getByRole('button', { name: 'Cancel Running' }).click()
    expect(server.requests).not.toContain('POST cancel')
    await expect.element(screen.getByRole('button', { name: 'Keep running' })).toHaveFocus()
    await userEvent.keyboard('{Enter}')
    await expect.element(screen.getByRole('button', { name: 'Cancel Running' })).toHaveFocus()

    await screen.getByRole('button', { name: 'Cancel Running' }).click()
    await screen.getByRole('button', { name: 'Cancel task' }).click()
    await expect.element(screen.getByRole('listitem', { name: 'Running' })).toHaveAttribute('data-phase', 'cancelled')
  })

  it('keeps a failure with its cause, the next action and the trace id, until it is dismissed for good', async () => {
    const server = createFakeTaskServer()
    const { traceId } = server.seed({ title: 'Broken', ...ends.failed('The source refused.') })
    const first = await openPanel(server)
    const row = first.screen.getByRole('listitem', { name: 'Broken' })
    await expect.element(row).toMatchTextContent(/The source refused\./)
    await expect.element(row).toMatchTextContent(/send us the trace id/)
    await expect.element(row).toMatchTextContent(new RegExp(traceId))
    await first.screen.unmount()

    const second = await openPanel(server)
    await second.screen.getByRole('button', { name: 'Dismiss Broken' }).click()
    await expect.element(second.pill).not.toBeInTheDocument()
    await second.screen.unmount()

    const third = await renderTasks(<TaskStatusIndicator />, { server })
    server.seed({ title: 'Other' })
    await expect.poll(() => server.requests.filter((request) => request === 'GET list')).toHaveLength(6)
    expect(third.context().session.registry.ids()).toEqual([])
  })

  it('says which retry comes when, and where a waiting task stands', async () => {
    const server = createFakeTaskServer()
    const retry = { status: 'queued', startedAt: startedAt(), retryCount: 1, lastError: 'Too busy.' } as const
    server.seed({ title: 'Again', ...retry, runAt: new Date(Date.now() + 60_000).toISOString() })
    const { taskId } = server.seed({ title: 'Patient' })
    server.hints[taskId] = { position: 3 }
    const next = server.seed({ title: 'Next' })
    server.hints[next.taskId] = { position: 1 }
    const { screen, context } = await openPanel(server)
    context().follower.wake()
    await expect.element(screen.getByRole('listitem', { name: 'Again' })).toMatchTextContent(/Retry 2 of 3 in/)
    await expect.element(screen.getByRole('listitem', { name: 'Patient' })).toMatchTextContent(/2 tasks ahead/)
    await expect.element(screen.getByRole('listitem', { name: 'Next' })).toMatchTextContent(/Next in line/)
  })

  it('opens a result', async () => {
    const server = createFakeTaskServer()
    server.seed({ title: 'Plan', ...ends.completed() })
    const onOpenResult = vi.fn()
    const { screen } = await openPanel(server, { onOpenResult })
    await screen.getByRole('button', { name: 'Open result of Plan' }).click()
    expect(onOpenResult).toHaveBeenCalledWith(expect.objectContaining({ title: 'Plan', completedAt: expect.any(Date) }))
  })

  it('reads a result before it opens it, because lists leave it out; a failure is told', async () => {
    const server = createFakeTaskServer()
    server.seed({ title: 'Plan', ...ends.completed(), result: { group: 'g' } as never })
    const onOpenResult = vi.fn()
    let isDown = false
    const fetch: typeof server.fetch = async (...request) => {
      if (isDown) throw new TypeError('The network is down.')
      return server.fetch(...request)
    }
    const { screen } = await openPanel({ ...server, fetch }, { onOpenResult })
    const open = screen.getByRole('button', { name: 'Open result of Plan' })
    await expect.element(open).toBeVisible()
    expect(server.requests).not.toContain('GET status')

    isDown = true
    await open.click()
    await expect.element(screen.getByText('The result could not be read. Try again.').first()).toBeVisible()
    expect(onOpenResult).not.toHaveBeenCalled()
    isDown = false
    await open.click()
    await expect.poll(() => onOpenResult).toHaveBeenCalledWith(expect.objectContaining({ result: { group: 'g' } }))
  })

  it('closes on Escape, gives the focus back and cancels nothing', async () => {
    const server = createFakeTaskServer()
    server.seed({ title: 'Running', status: 'processing', startedAt: startedAt() })
    const { screen, pill } = await openPanel(server)
    await screen.getByRole('button', { name: 'Close' }).click()
    await pill.click()
    // Shift+Tab goes back into the panel, which is before the pill. Tab would leave the page.
    await userEvent.keyboard('{Shift>}{Tab}{/Shift}')
    await expect.poll(() => document.activeElement?.closest('.brandkit-panel')).toBeTruthy()
    await userEvent.keyboard('{Escape}')
    await expect.element(screen.getByRole('region', { name: 'Background tasks' })).not.toBeInTheDocument()
    await expect.element(pill).toHaveFocus()
    await expect.element(pill).toHaveAttribute('aria-expanded', 'false')
    expect(server.requests).not.toContain('POST cancel')
  })

  it('moves the focus to the neighbour when the focused row goes', async () => {
    const server = createFakeTaskServer()
    for (const title of ['First', 'Second', 'Third']) server.seed({ title, ...ends.failed() })
    const { screen } = await openPanel(server)
    await screen.getByRole('button', { name: 'Dismiss Second' }).click()
    await expect.element(screen.getByRole('listitem', { name: 'First' })).toHaveFocus()
  })

  it('renders one row for one changed task', async () => {
    const server = createFakeTaskServer()
    const seeded = Array.from({ length: 5 }, (_, index) =>
      server.seed({ title: `Task ${index}`, status: 'processing', progress: 10, startedAt: startedAt() }),
    )
    const rendered: string[] = []
    const slots: TaskStatusIndicatorProps['slots'] = {
      title: ({ task }) => (
        <Profiler id={task.taskId} onRender={(id) => rendered.push(id)}>
          {task.title}
        </Profiler>
      ),
    }
    const { change, screen } = await openPanel(server, { slots })
    await expect.element(screen.getByRole('progressbar', { name: 'Task 3' })).toHaveAttribute('value', '10')
    rendered.length = 0
    change(seeded[3]?.taskId ?? '', { progress: 50 })
    await expect.element(screen.getByRole('progressbar', { name: 'Task 3' })).toHaveAttribute('value', '50')
    expect(new Set(rendered)).toEqual(new Set([seeded[3]?.taskId]))
  })

  it.each(['light', 'dark'])('has no accessibility violations in %s, with targets of 24 px', async (theme) => {
    document.documentElement.dataset['theme'] = theme
    document.body.style.cssText = theme === 'dark' ? 'background: #111; color: #fff' : 'background: #fff; color: #111'
    const server = createFakeTaskServer()
    server.seed({ title: 'Waiting' })
    const running = server.seed({ title: 'Running', status: 'processing', progress: 30, startedAt: startedAt() })
    server.seed({ title: 'Failed', ...ends.failed() })
    server.seed({ title: 'Done', ...ends.completed() })
    const { screen, change } = await renderTasks(
      <main lang="en">
        <h1>App</h1>
        <GenerateButton />
        <TaskStatusIndicator onOpenResult={() => {}} />
        <TaskNotification onOpenResult={() => {}} />
      </main>,
      { server },
    )
    await screen.getByRole('button', { name: 'Generate' }).click()
    change(running.taskId, ends.completed())
    await expect.element(screen.getByText('Completed')).toBeVisible()
    await expect.element(screen.getByRole('button', { name: /2 waiting/ })).toBeVisible()
    expect(await complaintsOfAxe()).toEqual([])

    await screen.getByRole('button', { name: /2 waiting/ }).click()
    await expect.element(screen.getByRole('listitem', { name: 'Failed' })).toBeVisible()
    await expect.poll(() => document.querySelector('.brandkit-toast')).toBeNull()
    expect(await complaintsOfAxe()).toEqual([])
    for (const target of document.querySelectorAll('.brandkit-dock :is(button, summary)')) {
      expect(target.getBoundingClientRect().height).toBeGreaterThanOrEqual(24)
    }
    delete document.documentElement.dataset['theme']
  })
})

async function complaintsOfAxe(): Promise<string[]> {
  // Half-transparent text in the middle of an animation has too little contrast. Elements may disappear while we wait.
  const animations = document
    .getAnimations()
    .filter((animation) => animation.effect?.getComputedTiming().iterations !== Infinity)
  await Promise.allSettled(animations.map((animation) => animation.finished))
  const { violations } = await axe.run(document.body, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  })
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}
