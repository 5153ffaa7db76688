import type { BackgroundTask } from '@brandkit/core'
import { brandTasks } from '@brandkit/core/brand-tasks'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createFakeTaskServer, type FakeTaskServer } from '../../../test/fake-task-server.js'
import { GenerateButton, PAYLOAD } from '../../../test/generate-button.js'
import { renderTasks } from '../../../test/render-tasks.js'
import { useTask } from '../../hooks/use-task.js'
import '../../styles.css'
import { TaskStatusIndicator } from '../task-status-indicator/task-status-indicator.js'
import { TaskNotification } from './task-notification.js'

const TITLE = 'Media plan: Campaign 1'
const toasts = () => [...document.querySelectorAll('.brandkit-toast')].map(({ textContent }) => textContent)
const spoken = () => document.querySelector('[data-brandkit-announcer="assertive"]')?.textContent

function Brief({ taskId }: { taskId: string }) {
  const { data, error } = useTask(taskId)
  return <output data-testid="brief">{error?.code ?? JSON.stringify(data?.payload)}</output>
}

function Page({ briefOf }: { briefOf?: string }) {
  return (
    <>
      <GenerateButton />
      <TaskStatusIndicator />
      <TaskNotification />
      {briefOf && <Brief taskId={briefOf} />}
    </>
  )
}

/** A page with a create that was kept without a network, and that the server then refuses with this code. */
async function refuseKept(code: string, status: number) {
  const server = createFakeTaskServer()
  let answer: 'none' | 'refusal' | 'server' = 'none'
  const fetch: FakeTaskServer['fetch'] = async (resource, init) => {
    const request = new Request(resource, init)
    if (!request.url.includes('action=create') || answer === 'server') return server.fetch(request)
    return answer === 'none' ? Response.error() : Response.json({ code, status, detail: 'Ask Ada.' }, { status })
  }
  const onEdit = vi.fn<(task: BackgroundTask) => void>()
  const tasks = await renderTasks(<Page />, { server: { ...server, fetch }, catalog: brandTasks, onEdit })
  await tasks.screen.getByRole('button', { name: 'Generate' }).click()
  await expect.poll(toasts).toHaveLength(1)
  answer = 'refusal'
  window.dispatchEvent(new Event('online'))
  await expect.poll(toasts).toEqual([expect.stringMatching(/^Could not be started/)])
  return {
    ...tasks,
    onEdit,
    showBrief: (taskId: string) => tasks.rerender(<Page briefOf={taskId} />),
    mend: () => {
      answer = 'server'
    },
  }
}

afterEach(() => localStorage.clear())

describe('a kept create that the server refuses', () => {
  it('is told in place of the promise, aloud at once, and offers to try again', async () => {
    const { screen, mend, server } = await refuseKept('forbidden', 403)
    expect(toasts()).toEqual([`Could not be started${TITLE}Ask Ada.Try again`])
    await expect.poll(spoken).toBe(`${TITLE} could not be started: Ask Ada.`)
    mend()
    await screen.getByRole('button', { name: `Try again: ${TITLE}` }).click()
    await expect.poll(toasts).toEqual([expect.stringMatching(`^Started${TITLE}`)])
    expect(server.tasks()).toHaveLength(1)
  })

  it('has a failed row, which needs attention, and which a dismissed toast leaves alone', async () => {
    const { screen, context } = await refuseKept('budget_exhausted', 429)
    await screen.getByRole('button', { name: `Dismiss ${TITLE}` }).click()
    await expect.poll(toasts).toHaveLength(0)
    const pill = screen.getByRole('button', { name: /1 task needs attention/ })
    await expect.element(pill).toHaveAttribute('data-phase', 'failed')
    await pill.click()
    const row = screen.getByRole('listitem', { name: TITLE })
    await expect.element(row).toHaveAttribute('data-phase', 'failed')
    await expect.element(row).toMatchTextContent(/The budget for this month is used up\./)
    expect(row.element().closest('[data-group]')?.getAttribute('data-group')).toBe('refused')
    await row.getByRole('button', { name: `Dismiss ${TITLE}` }).click()
    await expect.element(row).not.toBeInTheDocument()
    expect(context().outbox.entries()).toEqual([])
  })

  it('hands its input to the form of the app, whose next create takes its place', async () => {
    const { screen, onEdit, context, showBrief, mend, server } = await refuseKept('invalid_payload', 422)
    expect(toasts()).toEqual([
      `Could not be started${TITLE}Check what you have entered, and try again.Edit and try again`,
    ])
    await screen.getByRole('button', { name: `Edit and try again: ${TITLE}` }).click()
    const task = onEdit.mock.calls[0]?.[0]
    expect(task).toMatchObject({ status: 'failed', title: TITLE, payload: PAYLOAD, errorCode: 'invalid_payload' })
    // The form may read the task by its id.
    await showBrief(task?.taskId ?? '')
    await expect.element(screen.getByTestId('brief')).toHaveTextContent(JSON.stringify(PAYLOAD))
    mend()
    context().session.dismiss(task?.taskId ?? '')
    await expect.poll(toasts).toHaveLength(0)
    expect([context().outbox.entries(), server.tasks()]).toEqual([[], []])
  })

  it('repeats no row of an open panel', async () => {
    const { screen } = await refuseKept('forbidden', 403)
    await screen.getByRole('button', { name: /needs attention/ }).click()
    await expect.element(screen.getByRole('listitem', { name: TITLE })).toBeVisible()
    await expect.poll(toasts).toHaveLength(0)
    await screen.getByRole('button', { name: `Try again: ${TITLE}` }).click()
    await expect.element(screen.getByRole('button', { name: `Try again: ${TITLE}` })).toHaveFocus()
    expect(toasts()).toHaveLength(0)
  })
})
