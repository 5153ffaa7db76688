import { createElement as h } from 'react'
import { renderToString } from 'react-dom/server'
import { afterEach, expect, it, vi } from 'vitest'
import {
  TaskHistory,
  TaskNotification,
  TaskProgress,
  TaskProvider,
  TaskStatusIndicator,
  TaskSteps,
  useCreateTask,
  useTaskPolling,
  useTasks,
} from '../index.js'

afterEach(() => vi.restoreAllMocks())

function Page() {
  const plan = useCreateTask('GENERATE_MEDIA_PLAN')
  const { data } = useTaskPolling('some-task')
  const count = useTasks({}, (tasks) => tasks.length)
  return h('main', null, `${plan.isPending} ${data?.title ?? 'no task'} ${count}`)
}

it('renders on a server without a request and without a warning, announcer included', () => {
  const request = vi.spyOn(globalThis, 'fetch')
  const complaints = [vi.spyOn(console, 'error'), vi.spyOn(console, 'warn')]
  const html = renderToString(
    h(TaskProvider, {
      userId: 'ada',
      children: [
        h(Page, { key: 'page' }),
        h(TaskStatusIndicator, { key: 'indicator' }),
        h(TaskNotification, { key: 'toasts' }),
        h(TaskProgress, { key: 'progress', taskId: 'some-task' }),
        h(TaskSteps, { key: 'steps', taskId: 'some-task' }),
        h(TaskHistory, { key: 'history' }),
      ],
    }),
  )
  expect(html).toContain('false no task 0')
  expect(html).toContain('aria-live="assertive"')
  expect(html).toContain('data-component="task-history"')
  expect(request).not.toHaveBeenCalled()
  for (const complaint of complaints) expect(complaint).not.toHaveBeenCalled()
})
