import { QueryClient, QueryClientProvider, useSuspenseQuery } from '@tanstack/react-query'
import { Suspense } from 'react'
import { expect, it } from 'vitest'
import { render } from 'vitest-browser-react'
import { createFakeTaskServer } from '../../test/fake-task-server.js'
import { renderTasks, serviceOf } from '../../test/render-tasks.js'
import { TaskProvider } from '../provider/task-provider.js'
import { taskQuery } from '../queries/task-query.js'
import { useTask } from './use-task.js'

function Title({ taskId }: { taskId: string | null }) {
  const { data, error } = useTask(taskId)
  return <output data-testid="title">{error?.code ?? data?.title ?? 'nothing'}</output>
}

it('reads a task once, and never follows it', async () => {
  const server = createFakeTaskServer()
  const { taskId } = server.seed({ title: 'Another’s', status: 'processing', userId: 'grace' })
  const { screen, rerender, context } = await renderTasks(<Title taskId={null} />, { server })
  await expect.element(screen.getByTestId('title')).toHaveTextContent('nothing')
  await rerender(<Title taskId={taskId} />)
  await expect.element(screen.getByTestId('title')).toHaveTextContent('task_not_found')
  expect(context().follower.msUntilDue()).toBe(false)
  expect(server.requests.filter((request) => request === 'GET status')).toHaveLength(1)
})

it('finds what was prefetched, and suspends while it is not there', async () => {
  const server = createFakeTaskServer()
  const { taskId } = server.seed({ title: 'Prefetched', status: 'processing' })
  const later = server.seed({ title: 'Suspended', status: 'processing' })
  const queryClient = new QueryClient()
  const service = serviceOf(server)
  await queryClient.prefetchQuery(taskQuery({ service, userId: 'ada' }, taskId))
  const before = server.requests.length
  function Suspending() {
    const { data } = useSuspenseQuery(taskQuery({ service, userId: 'ada' }, later.taskId))
    return <output data-testid="suspended">{data.title}</output>
  }
  const screen = await render(
    <QueryClientProvider client={queryClient}>
      <TaskProvider userId="ada" service={service}>
        <Title taskId={taskId} />
        <Suspense fallback={<output data-testid="fallback">wait</output>}>
          <Suspending />
        </Suspense>
      </TaskProvider>
    </QueryClientProvider>,
  )
  await expect.element(screen.getByTestId('title')).toHaveTextContent('Prefetched')
  await expect.element(screen.getByTestId('suspended')).toHaveTextContent('Suspended')
  expect(server.requests.slice(before).filter((request) => request === 'GET status')).toHaveLength(1)
})
