import { expect, it } from 'vitest'
import { ends } from '../../test/ends.js'
import { createFakeTaskServer } from '../../test/fake-task-server.js'
import { renderTasks } from '../../test/render-tasks.js'
import { useTaskBatch } from './use-task-batch.js'

function Batch({ batchId }: { batchId: string | null }) {
  const { tasks, progress, ended } = useTaskBatch(batchId)
  return (
    <output data-testid="batch">
      {tasks.map(({ title }) => title).join(' ')} {progress} {ended ? 'ended' : 'open'}
    </output>
  )
}

function seedBatches() {
  const server = createFakeTaskServer()
  const seed = (title: string, batchId: string) => server.seed({ title, batchId, status: 'processing' })
  return { server, one: seed('One', 'a'), two: seed('Two', 'a'), other: seed('Other', 'b') }
}

it('reads nothing, then a batch, then another one', async () => {
  const { server } = seedBatches()
  const { screen, rerender } = await renderTasks(<Batch batchId={null} />, { server })
  const batch = screen.getByTestId('batch')
  await expect.element(batch).toHaveTextContent('0 open')
  await rerender(<Batch batchId="a" />)
  await expect.element(batch).toHaveTextContent('One Two 0 open')
  await rerender(<Batch batchId="b" />)
  await expect.element(batch).toHaveTextContent('Other 0 open')
  await rerender(<Batch batchId={null} />)
  await expect.element(batch).toHaveTextContent('0 open')
})

it('tells joint progress, and has ended when all have, also when they are dismissed', async () => {
  const { server, one, two } = seedBatches()
  const { screen, change, context } = await renderTasks(<Batch batchId="a" />, { server })
  const batch = screen.getByTestId('batch')
  await expect.element(batch).toHaveTextContent('One Two 0 open')
  change(one.taskId, { progress: 50 })
  await expect.element(batch).toHaveTextContent('One Two 25 open')
  change(one.taskId, ends.completed())
  await expect.element(batch).toHaveTextContent('One Two 50 open')
  context().session.dismiss(one.taskId)
  change(two.taskId, ends.failed())
  await expect.element(batch).toHaveTextContent('One Two 100 ended')
})

it('goes on with the retry of a task that failed', async () => {
  const { server, one, two } = seedBatches()
  const { screen, change, context } = await renderTasks(<Batch batchId="a" />, { server })
  const batch = screen.getByTestId('batch')
  await expect.element(batch).toHaveTextContent('One Two 0 open')
  change(one.taskId, ends.completed())
  change(two.taskId, ends.failed())
  await expect.element(batch).toHaveTextContent('One Two 100 ended')
  const retry = await context().session.retry(two.taskId)
  await expect.element(batch).toHaveTextContent('One Two Two 50 open')
  server.change(retry.taskId, { status: 'processing' })
  change(retry.taskId, ends.completed())
  await expect.element(batch).toHaveTextContent('One Two Two 100 ended')
})
