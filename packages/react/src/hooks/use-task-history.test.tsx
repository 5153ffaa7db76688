import type { TaskFilter } from '@brandkit/core'
import { expect, it } from 'vitest'
import { ends } from '../../test/ends.js'
import { createFakeTaskServer } from '../../test/fake-task-server.js'
import { renderTasks } from '../../test/render-tasks.js'
import { useTaskHistory } from './use-task-history.js'

function History({ filter }: { filter?: TaskFilter }) {
  const { data, hasNextPage, fetchNextPage } = useTaskHistory(filter)
  const tasks = data?.pages.flatMap((page) => page.tasks) ?? []
  return (
    <>
      <output data-testid="history">{tasks.map(({ title, status }) => `${title}: ${status}`).join(', ')}</output>
      <output data-testid="dates">{String(tasks.every(({ createdAt }) => createdAt instanceof Date))}</output>
      {hasNextPage && (
        <button type="button" onClick={() => void fetchNextPage()}>
          More
        </button>
      )}
    </>
  )
}

function seedThree() {
  const server = createFakeTaskServer()
  for (const [index, title] of ['First', 'Second', 'Third'].entries())
    server.seed({ title, ...ends.completed(), createdAt: `2026-01-0${index + 1}T00:00:00.000Z` })
  return server
}

it('shows all tasks page by page, newest first, with dates', async () => {
  const { screen } = await renderTasks(<History filter={{ limit: 2 }} />, { server: seedThree() })
  const history = screen.getByTestId('history')
  await expect.element(history).toHaveTextContent('Third: completed, Second: completed')
  await screen.getByRole('button', { name: 'More' }).click()
  await expect.element(history).toHaveTextContent('Third: completed, Second: completed, First: completed')
  await expect.element(screen.getByTestId('dates')).toHaveTextContent('true')
  await expect.element(screen.getByRole('button', { name: 'More' })).not.toBeInTheDocument()
})

it('goes over to another filter', async () => {
  const server = seedThree()
  server.seed({ title: 'Broken', ...ends.failed() })
  const { screen, rerender } = await renderTasks(<History />, { server })
  await expect.element(screen.getByTestId('history')).toMatchTextContent(/Broken: failed.*First/)
  await rerender(<History filter={{ status: 'failed' }} />)
  await expect.element(screen.getByTestId('history')).toHaveTextContent('Broken: failed')
})

it('knows of the end of a task', async () => {
  const server = createFakeTaskServer()
  const { taskId } = server.seed({ title: 'Running', status: 'processing' })
  const { screen, change } = await renderTasks(<History />, { server })
  await expect.element(screen.getByTestId('history')).toHaveTextContent('Running: processing')
  change(taskId, ends.completed())
  await expect.element(screen.getByTestId('history')).toHaveTextContent('Running: completed')
})

const refusal = () => Response.json({ code: 'unauthenticated', status: 401, detail: 'no' }, { status: 401 })

it('says that the user is signed out when a list is refused, until one is read again', async () => {
  const server = seedThree()
  let isSignedOut = false
  const fetch: typeof server.fetch = async (...request) => (isSignedOut ? refusal() : server.fetch(...request))
  const { screen, rerender, context } = await renderTasks(<History />, { server: { ...server, fetch } })
  const state = () => context().session.connection.get().state
  await expect.element(screen.getByTestId('history')).toMatchTextContent(/First/)
  expect(state()).not.toBe('auth-required')
  isSignedOut = true
  await rerender(<History filter={{ status: 'failed' }} />)
  await expect.poll(state).toBe('auth-required')
  isSignedOut = false
  await rerender(<History filter={{ status: 'completed' }} />)
  await expect.poll(state).not.toBe('auth-required')
})
