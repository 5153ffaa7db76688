import { QueryClient, QueryClientProvider, useSuspenseQuery } from '@tanstack/react-query'
import { Suspense } from 'react'
import { expect, it } from 'vitest'
import { render } from 'vitest-browser-react'
import { ends } from '../../test/ends.js'
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

it('reads the result of a task that only a list has told of, and shows no completed task without it', async () => {
  const server = createFakeTaskServer()
  const done = server.seed({ title: 'Done', ...ends.completed(), result: { ideas: 3 } as never })
  const failed = server.seed({ title: 'Failed', ...ends.failed(), partialResult: { ideas: 1 } })
  const seen: unknown[] = []
  function Content({ taskId }: { taskId: string }) {
    const { data } = useTask(taskId)
    if (data?.status === 'completed') seen.push(data.result)
    return <output data-testid={taskId}>{JSON.stringify(data?.result ?? data?.partialResult)}</output>
  }
  const { screen, rerender, context } = await renderTasks(<></>, { server })
  await expect.poll(() => context().session.registry.ids()).toHaveLength(2)
  expect(context().session.cache.find(done.taskId)).not.toHaveProperty('result')
  expect(server.requests).not.toContain('GET status')

  await rerender(
    <>
      <Content taskId={done.taskId} />
      <Content taskId={failed.taskId} />
    </>,
  )
  await expect.element(screen.getByTestId(done.taskId)).toHaveTextContent('{"ideas":3}')
  await expect.element(screen.getByTestId(failed.taskId)).toHaveTextContent('{"ideas":1}')
  expect(new Set(seen.map((result) => JSON.stringify(result)))).toEqual(new Set(['{"ideas":3}']))
  expect(server.requests.filter((request) => request === 'GET status')).toHaveLength(1)
})
