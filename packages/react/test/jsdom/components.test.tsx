import { createTaskService } from '@brandkit/client'
import { createFakeTaskServer } from '@brandkit/server-adapter/testing/fake-server'
import { silentLogger } from '@brandkit/core'
import {
  TaskHistory,
  TaskNotification,
  TaskProgress,
  TaskProvider,
  TaskStatusIndicator,
  TaskSteps,
  useCreateTask,
  useTaskBatch,
  useTaskConnection,
  useTaskHistory,
  useTaskPolling,
  useTasks,
} from '@brandkit/react'
import type { ReactNode } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { rememberVisit } from '../../src/testing/remember-visit.js'
import { ends } from '../ends.js'
import { PAYLOAD } from '../generate-button.js'

let root: Root
/** Errors from React or from components, which would fail an app's test. */
let errors: unknown[]

const note = (error: unknown) => void errors.push(error)
const page = () => document.body.textContent
const rowOf = (title: string) => document.querySelector(`li[aria-label="${title}"]`)
const buttonOf = (name: string) =>
  [...document.querySelectorAll('button')].find((button) =>
    (button.getAttribute('aria-label') ?? button.textContent).startsWith(name),
  )
const click = (name: string) =>
  vi.waitFor(() => expect(buttonOf(name)).toBeDefined()).then(() => buttonOf(name)?.click())

function render(children: ReactNode, server: ReturnType<typeof createServer>) {
  const service = createTaskService({ url: 'http://app.test/api/jobs', fetch: server.fetch, logger: silentLogger })
  root.render(
    <TaskProvider userId="ada" brandId="aurora" service={service}>
      {children}
    </TaskProvider>,
  )
}

const createServer = () => createFakeTaskServer({ scenario: null, pollAfterMs: 20 })

beforeEach(() => {
  errors = []
  root = createRoot(document.body.appendChild(document.createElement('div')), {
    onUncaughtError: note,
    onRecoverableError: note,
  })
})
afterEach(() => {
  root.unmount()
  document.body.innerHTML = ''
  localStorage.clear()
  if (errors.length > 0) throw new AggregateError(errors, errors.map(String).join(' '))
})

describe('an app’s tests in jsdom', () => {
  it('open a panel with a row for each status, cancel, try again, dismiss and close', async () => {
    const server = createServer()
    const startedAt = new Date().toISOString()
    server.seed({ title: 'Waiting' })
    server.seed({ title: 'Later', runAt: new Date(Date.now() + 60_000).toISOString() })
    server.seed({ title: 'Running', status: 'processing', progress: 40, startedAt, currentStep: 'channels' })
    server.seed({ title: 'Broken', ...ends.failed('The source refused.') })
    server.seed({ title: 'Refused', ...ends.failed('No.') })
    server.seed({ title: 'Done', ...ends.completed() })
    rememberVisit('ada')
    render(<TaskStatusIndicator open onOpenResult={() => {}} />, server)
    const titles = ['Waiting', 'Later', 'Running', 'Broken', 'Refused', 'Done']
    await vi.waitFor(() => expect(titles.filter((title) => rowOf(title))).toEqual(titles))
    expect(rowOf('Broken')?.textContent).toContain('The source refused.')
    expect(rowOf('Running')?.textContent).toContain('Choosing channels')

    await click('Cancel Waiting')
    await vi.waitFor(() => expect(rowOf('Waiting')?.getAttribute('data-phase')).toBe('cancelled'))
    await click('Cancel Running')
    await click('Cancel task')
    await vi.waitFor(() => expect(rowOf('Running')?.getAttribute('data-phase')).toBe('cancelled'))
    await click('Try again: Broken')
    await vi.waitFor(() => expect(server.requests).toContain('POST retry'))
    buttonOf('Dismiss Refused')?.focus()
    await click('Dismiss Refused')
    await vi.waitFor(() => expect(rowOf('Refused')).toBeNull())
    // The focus stays in the panel when the focused row is removed.
    await vi.waitFor(() => expect(document.activeElement?.closest('.brandkit-panel')).not.toBeNull())
  })

  it('open and close a panel by its pill and by Escape', async () => {
    const server = createServer()
    server.seed({ title: 'Running', status: 'processing' })
    render(<TaskStatusIndicator />, server)
    await click('Background tasks: 1 running')
    await vi.waitFor(() => expect(rowOf('Running')).not.toBeNull())
    buttonOf('Background tasks: 1 running')?.focus()
    document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }))
    await vi.waitFor(() => expect(rowOf('Running')).toBeNull())
  })

  it('see a toast for what starts and for what ends', async () => {
    const server = createServer()
    render(
      <>
        <Generate />
        <TaskNotification />
      </>,
      server,
    )
    await click('Generate')
    await vi.waitFor(() => expect(page()).toContain('Started'))
    server.change(server.tasks()[0]?.taskId ?? '', ends.failed('The model refused.'))
    await vi.waitFor(() => expect(page()).toContain('The model refused.'))
    await click('Dismiss')
    await vi.waitFor(() => expect(document.querySelector('.brandkit-toast')).toBeNull())
  })

  it('see a task, its steps and all tasks in a page', async () => {
    const server = createServer()
    const startedAt = new Date().toISOString()
    const { taskId } = server.seed({ title: 'Running', status: 'processing', progress: 40, startedAt })
    for (let index = 0; index < 25; index++) server.seed({ title: `Done ${index}`, ...ends.completed() })
    render(
      <>
        <TaskProgress taskId={taskId} />
        <TaskSteps taskId={taskId} />
        <TaskHistory />
      </>,
      server,
    )
    await vi.waitFor(() => expect(rowOf('Done 24')).not.toBeNull())
    expect(document.querySelectorAll('progress')).toHaveLength(1)
    await click('Show more')
    await vi.waitFor(() => expect(document.querySelectorAll('progress')).toHaveLength(2))
    server.change(taskId, ends.completed())
    await vi.waitFor(() => expect(document.querySelectorAll('progress')).toHaveLength(0))
  })

  it('read tasks by every hook', async () => {
    const server = createServer()
    const { taskId } = server.seed({ title: 'Mine', status: 'processing', batchId: 'b' })
    function Reader() {
      const polled = useTaskPolling(taskId).data
      const batch = useTaskBatch('b')
      const history = useTaskHistory().data?.pages.flatMap(({ tasks }) => tasks) ?? []
      const all = useTasks()
      const { state } = useTaskConnection()
      return <p>{[polled?.status, batch.ended, history.length, all.length, state].join(' ')}</p>
    }
    render(<Reader />, server)
    await vi.waitFor(() => expect(page()).toContain('processing false 1 1 live'))
    server.change(taskId, ends.completed())
    await vi.waitFor(() => expect(page()).toContain('completed true 1 1'))
  })
})

function Generate() {
  const plan = useCreateTask('GENERATE_MEDIA_PLAN')
  return (
    <button type="button" onClick={() => plan.mutate({ payload: PAYLOAD })}>
      Generate
    </button>
  )
}
