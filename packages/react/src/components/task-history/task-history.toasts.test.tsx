import { afterEach, describe, expect, it } from 'vitest'
import { ends } from '../../../test/ends.js'
import { createFakeTaskServer } from '../../../test/fake-task-server.js'
import { GenerateButton } from '../../../test/generate-button.js'
import { renderTasks } from '../../../test/render-tasks.js'
import '../../styles.css'
import { TaskNotification } from '../task-notification/task-notification.js'
import { TaskHistory, type TaskHistoryProps } from './task-history.js'

const toasts = () => [...document.querySelectorAll('.brandkit-toast')].map(({ textContent }) => textContent)

/** A page with a running task in its list, `above` pixels down. */
async function openPage({ above = 0, ...props }: TaskHistoryProps & { above?: number } = {}) {
  const server = createFakeTaskServer()
  const { taskId } = server.seed({ title: 'Plan', status: 'processing' })
  const tasks = await renderTasks(
    <>
      <GenerateButton />
      <div style={{ height: above }} />
      <TaskHistory {...props} />
      <TaskNotification duration={Infinity} />
    </>,
    { server },
  )
  await expect.poll(() => tasks.context().session.registry.ids()).toHaveLength(1)
  return { ...tasks, fail: () => tasks.change(taskId, ends.failed()) }
}

afterEach(() => localStorage.clear())

describe('a list in a page', () => {
  it('silences the toasts of the rows that are in view, and of those that come in a moment', async () => {
    const { screen, fail } = await openPage()
    const row = screen.getByRole('listitem', { name: 'Plan', exact: true })
    await expect.element(row).toBeVisible()
    fail()
    await expect.element(row).toHaveAttribute('data-phase', 'failed')
    await screen.getByRole('button', { name: 'Generate' }).click()
    await expect.element(screen.getByRole('listitem', { name: /Campaign 1/ })).toBeVisible()
    expect(toasts()).toEqual([])
  })

  it('leaves the toast to a row that is scrolled out of view', async () => {
    const { screen, fail } = await openPage({ above: 3_000 })
    await expect.element(screen.getByRole('listitem', { name: 'Plan', exact: true })).toBeInTheDocument()
    fail()
    await expect.poll(toasts).toEqual([expect.stringMatching(/^FailedPlan/)])
  })

  it('leaves the toast to a task that its filter leaves out', async () => {
    const { screen } = await openPage({ filter: { tags: ['none'] } })
    await screen.getByRole('button', { name: 'Generate' }).click()
    await expect.poll(toasts).toEqual([expect.stringMatching(/^Started/)])
  })
})
