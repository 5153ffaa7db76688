import { QueryClient, QueryClientProvider, useQueryClient } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { render } from 'vitest-browser-react'
import { ends } from '../../test/ends.js'
import { createPlan } from '../../test/create-plan.js'
import { createFakeTaskServer } from '../../test/fake-task-server.js'
import { GenerateButton } from '../../test/generate-button.js'
import { renderTasks, serviceOf } from '../../test/render-tasks.js'
import { useTasks } from '../hooks/use-tasks.js'
import { TaskProvider } from './task-provider.js'

function Titles() {
  const titles = useTasks({}, (tasks) => tasks.map((task) => `${task.title}:${task.status}`))
  return <output data-testid="titles">{titles.join(' ')}</output>
}

afterEach(() => {
  localStorage.clear()
  vi.restoreAllMocks()
})

describe('TaskProvider', () => {
  it('restores what is active and what ended lately, and follows what is active', async () => {
    const server = createFakeTaskServer()
    const { taskId } = server.seed({ title: 'Active', status: 'processing' })
    server.seed({ title: 'Ended', ...ends.completed() })
    server.seed({ title: 'Ancient', ...ends.completed(), completedAt: '2020-01-01T00:00:00.000Z' })
    const { screen, change } = await renderTasks(<Titles />, { server })
    await expect.element(screen.getByTestId('titles')).toHaveTextContent('Ended:completed Active:processing')
    expect(document.body.textContent).not.toContain('Ancient')

    change(taskId, ends.completed())
    await expect.element(screen.getByTestId('titles')).toMatchTextContent(/Active:completed/)
  })

  it('takes what ended before the first visit for history, but a failure that nobody has tried again', async () => {
    const server = createFakeTaskServer()
    server.seed({ title: 'Active', status: 'processing' })
    server.seed({ title: 'Ended', ...ends.completed() })
    server.seed({ title: 'Stopped', ...ends.cancelled() })
    server.seed({ title: 'Broken', ...ends.failed() })
    const { taskId } = server.seed({ title: 'Repaired', ...ends.failed() })
    server.seed({ title: 'Repair', ...ends.completed(), retryOf: taskId })
    const { screen } = await renderTasks(<Titles />, { server, lastVisitAt: null })
    const titles = screen.getByTestId('titles')
    await expect.element(titles).toMatchTextContent(/Active/)
    expect(titles.element().textContent?.split(' ').toSorted()).toEqual(['Active:processing', 'Broken:failed'])
  })

  it('restores once in StrictMode, and follows', async () => {
    const server = createFakeTaskServer()
    const { taskId } = server.seed({ title: 'Active', status: 'processing' })
    const service = serviceOf(server)
    const screen = await render(
      <StrictMode>
        <TaskProvider userId="ada" service={service}>
          <Titles />
        </TaskProvider>
      </StrictMode>,
    )
    await expect.element(screen.getByTestId('titles')).toHaveTextContent('Active:processing')
    expect(server.requests.filter((request) => request === 'GET list')).toHaveLength(2)
    server.change(taskId, ends.completed())
    await expect.element(screen.getByTestId('titles')).toMatchTextContent(/Active:completed/)
  })

  it('asks nothing in a hidden tab and goes on when it is visible again', async () => {
    const server = createFakeTaskServer()
    const { taskId } = server.seed({ title: 'Active', status: 'processing' })
    const { screen, context } = await renderTasks(<Titles />, { server })
    await expect.element(screen.getByTestId('titles')).toHaveTextContent('Active:processing')

    const visibility = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden')
    document.dispatchEvent(new Event('visibilitychange'))
    const before = server.requests.length
    server.change(taskId, ends.completed())
    expect(context().follower.msUntilDue()).toBe(false)
    await new Promise((resolve) => requestAnimationFrame(resolve))
    expect(server.requests).toHaveLength(before)

    visibility.mockReturnValue('visible')
    document.dispatchEvent(new Event('visibilitychange'))
    await expect.element(screen.getByTestId('titles')).toMatchTextContent(/Active:completed/)
  })

  it('tells the start of its own task once, though the event stream is faster than the reply', async () => {
    const server = createFakeTaskServer()
    server.seed({ status: 'processing' })
    const ids = () => tasks.context().session.registry.ids()
    const fetch: typeof globalThis.fetch = async (resource, init) => {
      const request = new Request(resource, init)
      const response = await server.fetch(request)
      if (request.url.includes('action=create')) await vi.waitUntil(() => ids().length === 2)
      return response
    }
    const tasks = await renderTasks(<Titles />, { server: { ...server, fetch } })
    await expect.poll(() => tasks.context().follower.connection.get().state).toBe('live')
    const kinds: string[] = []
    tasks.context().session.events.subscribe(({ kind }) => kinds.push(kind))
    const { taskId } = await createPlan(tasks.context())
    expect(kinds).toEqual(['started'])
    server.change(taskId, { status: 'processing' })
    server.change(taskId, ends.completed())
    await expect.poll(() => kinds).toEqual(['started', 'completed'])
  })

  it('never goes backward when an old answer arrives late', async () => {
    const server = createFakeTaskServer()
    const old = server.seed({ title: 'Active', status: 'processing', progress: 10 })
    server.change(old.taskId, ends.completed())
    const { screen, context } = await renderTasks(<Titles />, { server })
    await expect.element(screen.getByTestId('titles')).toMatchTextContent(/Active:completed/)
    context().session.cache.write([old])
    await expect.element(screen.getByTestId('titles')).toMatchTextContent(/Active:completed/)
  })

  it("forgets one user's tasks when another signs in", async () => {
    const server = createFakeTaskServer()
    server.seed({ title: 'Private', status: 'processing' })
    const queryClient = new QueryClient()
    const { screen, rerender } = await renderTasks(<Titles />, { server, queryClient })
    await expect.element(screen.getByTestId('titles')).toMatchTextContent(/Private/)
    localStorage.setItem('brandkit:dismissed:ada', '{"v":1,"ids":[]}')

    await rerender(<Titles />, { userId: 'grace', service: serviceOf(createFakeTaskServer()) })
    await expect.element(screen.getByTestId('titles')).toHaveTextContent('')
    expect(
      JSON.stringify(
        queryClient
          .getQueryCache()
          .getAll()
          .map((query) => query.state.data ?? null),
      ),
    ).not.toContain('Private')
    expect(localStorage.getItem('brandkit:dismissed:ada')).toBeNull()
  })

  it('asks nothing and stores nothing while nobody is signed in', async () => {
    const { server, screen } = await renderTasks(<Titles />, { userId: null })
    await expect.element(screen.getByTestId('titles')).toHaveTextContent('')
    expect(server.requests).toEqual([])
    expect(localStorage).toHaveLength(0)
  })

  it("uses the app's query client and leaves it to the app", async () => {
    const queryClient = new QueryClient()
    const seen: QueryClient[] = []
    function AppQuery() {
      seen.push(useQueryClient())
      return <GenerateButton />
    }
    const server = createFakeTaskServer()
    const service = serviceOf(server)
    const screen = await render(
      <QueryClientProvider client={queryClient}>
        <TaskProvider userId="ada" brandId="aurora" service={service}>
          <AppQuery />
        </TaskProvider>
      </QueryClientProvider>,
    )
    await screen.getByRole('button', { name: 'Generate' }).click()
    await expect.element(screen.getByTestId('status')).toHaveTextContent('queued')
    expect(new Set(seen)).toEqual(new Set([queryClient]))
    const entries = queryClient.getQueriesData({ queryKey: ['brandkit', 'ada', 'task'] })
    expect(entries.filter(([, data]) => data !== undefined)).toHaveLength(1)
  })

  it('says what happens to a task, joined by its trace id', async () => {
    const lines: string[] = []
    vi.spyOn(console, 'info').mockImplementation((line: string) => void lines.push(line))
    const server = createFakeTaskServer()
    const tasks = await renderTasks(<GenerateButton />, { server, debug: true })
    await tasks.screen.getByRole('button', { name: 'Generate' }).click()
    await expect.poll(() => tasks.context().session.registry.ids()).toHaveLength(1)
    const taskId = tasks.context().session.registry.ids()[0] ?? ''
    tasks.change(taskId, { status: 'processing' })
    await expect.poll(() => lines.join('\n')).toContain(`Updating task ${taskId} to processing`)
    tasks.context().session.dismiss(taskId)
    const { traceId } = server.find(taskId)
    const trace = lines.filter((line) => line.startsWith('[TaskContext]'))
    expect(trace.map((line) => line.split(' ').slice(0, 3).join(' '))).toEqual([
      '[TaskContext] Adding task',
      '[TaskContext] Updating task',
      '[TaskContext] Removing task',
    ])
    expect(trace.every((line) => line.includes(`traceId=${traceId}`))).toBe(true)
  })
})
