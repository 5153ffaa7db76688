import { createBackoffPolicy } from '@brandkit/core'
import { expect, it } from 'vitest'
import { ends } from '../../test/ends.js'
import { createFakeTaskServer } from '../../test/fake-task-server.js'
import { renderTasks } from '../../test/render-tasks.js'
import { useTaskPolling } from './use-task-polling.js'

const quick = createBackoffPolicy({ baseMs: 20, ceilingMs: 20, jitter: 'none' })

function Progress({ taskId }: { taskId: string | null }) {
  const { data, error } = useTaskPolling(taskId, { backoff: quick })
  return <output data-testid="progress">{error?.code ?? (data ? `${data.title} ${data.progress}` : 'nothing')}</output>
}

it('follows nothing, then a task, then another one', async () => {
  const server = createFakeTaskServer()
  // These tasks belong to another user. The list omits them, so only the hook can follow them.
  const first = server.seed({ title: 'First', status: 'processing' })
  const second = server.seed({ title: 'Second', status: 'processing' })
  const { screen, rerender } = await renderTasks(<Progress taskId={null} />, { server })
  const progress = screen.getByTestId('progress')
  await expect.element(progress).toHaveTextContent('nothing')

  await rerender(<Progress taskId={first.taskId} />)
  await expect.element(progress).toHaveTextContent('First 0')
  server.change(first.taskId, { progress: 30 })
  await expect.element(progress).toHaveTextContent('First 30')

  await rerender(<Progress taskId={second.taskId} />)
  await expect.element(progress).toHaveTextContent('Second 0')
  server.change(second.taskId, { progress: 60 })
  await expect.element(progress).toHaveTextContent('Second 60')

  await rerender(<Progress taskId={null} />)
  await expect.element(progress).toHaveTextContent('nothing')
})

it('asks nothing after the end', async () => {
  const server = createFakeTaskServer()
  const { taskId } = server.seed({ title: 'Only', status: 'processing' })
  const { screen, context } = await renderTasks(<Progress taskId={taskId} />, { server })
  await expect.element(screen.getByTestId('progress')).toHaveTextContent('Only 0')
  server.change(taskId, ends.completed())
  await expect.element(screen.getByTestId('progress')).toHaveTextContent('Only 100')

  expect(context().follower.msUntilDue()).toBe(false)
  const before = server.requests.length
  context().follower.wake()
  await context().follower.poll()
  expect(server.requests).toHaveLength(before)
})

it('is not disturbed by a parent that renders all the time', async () => {
  const server = createFakeTaskServer()
  const { taskId } = server.seed({ title: 'Busy', status: 'processing' })
  const { screen, rerender } = await renderTasks(<Progress taskId={taskId} />, { server })
  let renders = 0
  const timer = setInterval(() => {
    renders++
    void rerender(<Progress taskId={taskId} />, { now: () => Date.now() })
  }, 50)
  try {
    for (const progress of [10, 20, 30]) {
      server.change(taskId, { progress })
      await expect.element(screen.getByTestId('progress')).toHaveTextContent(`Busy ${progress}`)
      const seen = renders
      await expect.poll(() => renders).toBeGreaterThan(seen + 2)
    }
  } finally {
    clearInterval(timer)
  }
})

it('says that a task does not exist', async () => {
  const { screen } = await renderTasks(<Progress taskId="nowhere" />)
  await expect.element(screen.getByTestId('progress')).toHaveTextContent('task_not_found')
})
