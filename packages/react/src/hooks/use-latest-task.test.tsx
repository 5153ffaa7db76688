import type { TaskJson } from '@brandkit/core'
import { expect, it } from 'vitest'
import { ends } from '../../test/ends.js'
import { createFakeTaskServer } from '../../test/fake-task-server.js'
import { renderTasks } from '../../test/render-tasks.js'
import { useLatestTask } from './use-latest-task.js'

const LONG_AGO = '2026-01-01T00:00:00.000Z'

function Latest({
  type = 'GENERATE_MEDIA_PLAN',
  brandId,
}: {
  type?: 'GENERATE_MEDIA_PLAN' | 'GENERATE_TRENDS'
  brandId?: string
}) {
  const task = useLatestTask(type, { brandId })
  return <output data-testid="latest">{task ? `${task.title}: ${task.status}` : 'none'}</output>
}

it('restores what a page has shown, however long ago that was, for its type and brand alone', async () => {
  const server = createFakeTaskServer()
  server.seed({ title: 'Old', ...ends.completed(), createdAt: LONG_AGO, completedAt: LONG_AGO })
  server.seed({ ...ends.completed(), title: 'Trends', type: 'GENERATE_TRENDS' } as Partial<TaskJson>)
  server.seed({ title: 'Elsewhere', brandId: 'borealis', ...ends.completed() })
  const { screen, rerender } = await renderTasks(<Latest />, { server })
  const latest = screen.getByTestId('latest')
  await expect.element(latest).toHaveTextContent('Old: completed')
  await rerender(<Latest type="GENERATE_TRENDS" />)
  await expect.element(latest).toHaveTextContent('Trends: completed')
  await rerender(<Latest brandId="borealis" />)
  await expect.element(latest).toHaveTextContent('Elsewhere: completed')
})

it('goes over to a newer task, follows it to its end, and keeps it when it is dismissed', async () => {
  const server = createFakeTaskServer()
  server.seed({ title: 'Old', ...ends.completed(), createdAt: LONG_AGO, completedAt: LONG_AGO })
  const { screen, context, change } = await renderTasks(<Latest />, { server })
  const latest = screen.getByTestId('latest')
  await expect.element(latest).toHaveTextContent('Old: completed')
  const created = server.seed({ title: 'New', status: 'processing' })
  context().session.receive([created])
  await expect.element(latest).toHaveTextContent('New: processing')
  change(created.taskId, ends.completed())
  await expect.element(latest).toHaveTextContent('New: completed')
  context().session.dismiss(created.taskId)
  await new Promise((resolve) => requestAnimationFrame(resolve))
  await expect.element(latest).toHaveTextContent('New: completed')
})

it('is nothing where there is none, and while nobody is signed in', async () => {
  const { screen, rerender, server } = await renderTasks(<Latest />, { userId: null })
  await expect.element(screen.getByTestId('latest')).toHaveTextContent('none')
  expect(server.requests).toEqual([])
  await rerender(<Latest />, { userId: 'ada' })
  await expect.poll(() => server.requests).toContain('GET list')
  await expect.element(screen.getByTestId('latest')).toHaveTextContent('none')
})
