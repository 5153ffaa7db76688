import { expect, it } from 'vitest'
import { ends } from '../../test/ends.js'
import { GenerateButton } from '../../test/generate-button.js'
import { renderTasks } from '../../test/render-tasks.js'

const idOfNewest = async (tasks: Awaited<ReturnType<typeof renderTasks>>) => {
  await expect.poll(() => tasks.context().session.registry.ids()).toHaveLength(1)
  return tasks.context().session.registry.ids()[0] ?? ''
}

it('gives the created task and keeps it current to its end', async () => {
  const tasks = await renderTasks(<GenerateButton />)
  const status = tasks.screen.getByTestId('status')

  await tasks.screen.getByRole('button', { name: 'Generate' }).click()
  await expect.element(status).toHaveTextContent('queued')
  const taskId = await idOfNewest(tasks)
  tasks.change(taskId, { status: 'processing', progress: 40, startedAt: new Date().toISOString() })
  await expect.element(status).toHaveTextContent('processing')
  tasks.change(taskId, ends.completed())
  await expect.element(status).toHaveTextContent('completed')
})

it('sends the payload, the type and the brand of the provider', async () => {
  const tasks = await renderTasks(<GenerateButton />)
  await tasks.screen.getByRole('button', { name: 'Generate' }).click()
  expect(tasks.server.find(await idOfNewest(tasks))).toMatchObject({
    type: 'GENERATE_MEDIA_PLAN',
    brandId: 'aurora',
    payload: { campaignName: 'Campaign 1' },
  })
})

it('follows the task when the component that created it has gone', async () => {
  const tasks = await renderTasks(<GenerateButton />)
  await tasks.screen.getByRole('button', { name: 'Generate' }).click()
  const taskId = await idOfNewest(tasks)
  await tasks.rerender(null)
  tasks.server.change(taskId, { status: 'processing' })
  tasks.change(taskId, ends.completed())
  await expect.poll(() => tasks.context().session.cache.find(taskId)?.status).toBe('completed')
})

it('sends nothing while nobody is signed in', async () => {
  const tasks = await renderTasks(<GenerateButton />, { userId: null })
  await tasks.screen.getByRole('button', { name: 'Generate' }).click()
  await expect.element(tasks.screen.getByTestId('error')).toHaveTextContent('unauthenticated')
  expect(tasks.server.requests).toEqual([])
})
