import { QueryClient } from '@tanstack/react-query'
import { afterEach, expect, it } from 'vitest'
import { ends } from '../../test/ends.js'
import { createFakeTaskServer } from '../../test/fake-task-server.js'
import { renderTasks } from '../../test/render-tasks.js'
import { TaskStatusIndicator } from '../components/task-status-indicator/task-status-indicator.js'
import { useDeleteTask } from './use-delete-task.js'
import { useTask } from './use-task.js'
import { useTaskHistory } from './use-task-history.js'
import { useLatestTask } from './use-latest-task.js'

afterEach(() => localStorage.clear())

function Page({ taskId }: { taskId: string }) {
  const { data } = useTaskHistory()
  const { data: task, error } = useTask(taskId)
  const remove = useDeleteTask()
  const titles = data?.pages.flatMap(({ tasks }) => tasks.map(({ title }) => title)) ?? []
  return (
    <>
      <output data-testid="history">{titles.join(', ')}</output>
      <output data-testid="task">{task?.title ?? error?.code}</output>
      <output data-testid="latest">{useLatestTask('GENERATE_MEDIA_PLAN')?.title ?? 'none'}</output>
      <output data-testid="problem">{remove.error?.code}</output>
      <button type="button" onClick={() => remove.mutate(taskId)}>
        Delete
      </button>
    </>
  )
}

it('takes an ended task from the panel and from every list, and its id answers that it is gone', async () => {
  const server = createFakeTaskServer()
  server.seed({ title: 'Older', ...ends.completed(), createdAt: '2026-01-01T00:00:00.000Z' })
  const { taskId } = server.seed({ title: 'Spring', ...ends.failed() })
  const { screen, context } = await renderTasks(
    <>
      <TaskStatusIndicator open />
      <Page taskId={taskId} />
    </>,
    { server },
  )
  await expect.element(screen.getByTestId('history')).toHaveTextContent('Spring, Older')
  await expect.element(screen.getByTestId('latest')).toHaveTextContent('Spring')
  await expect.element(screen.getByRole('listitem', { name: 'Spring' })).toBeVisible()

  await screen.getByRole('button', { name: 'Delete' }).click()
  await expect.element(screen.getByTestId('history')).toMatchTextContent(/^Older$/)
  await expect.element(screen.getByTestId('task')).toHaveTextContent('task_gone')
  await expect.element(screen.getByTestId('latest')).toHaveTextContent('Older')
  await expect.element(screen.getByRole('listitem', { name: 'Spring' })).not.toBeInTheDocument()
  expect(context().session.cache.find(taskId)).toBeUndefined()
})

it('leaves everything as it is when the task still runs', async () => {
  const server = createFakeTaskServer()
  const { taskId } = server.seed({ title: 'Running', status: 'processing' })
  const { screen } = await renderTasks(<Page taskId={taskId} />, { server })
  await expect.element(screen.getByTestId('history')).toHaveTextContent('Running')
  await screen.getByRole('button', { name: 'Delete' }).click()
  await expect.element(screen.getByTestId('problem')).toHaveTextContent('task_is_active')
  await expect.element(screen.getByTestId('history')).toHaveTextContent('Running')
  await expect.element(screen.getByTestId('task')).toHaveTextContent('Running')
})

it('is received by another tab of the user', async () => {
  const server = createFakeTaskServer()
  const { taskId } = server.seed({ title: 'Spring', ...ends.failed() })
  const { screen } = await renderTasks(<Page taskId={taskId} />, { server })
  const other = await renderTasks(<Page taskId={taskId} />, { server, queryClient: new QueryClient() })
  await expect.element(other.screen.getByTestId('history').first()).toHaveTextContent('Spring')
  await screen.getByRole('button', { name: 'Delete' }).first().click()
  for (const history of screen.getByTestId('history').all()) await expect.element(history).toMatchTextContent(/^$/)
})
