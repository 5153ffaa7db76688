import type { MatchingAction } from '@brandkit/core'
import { expect, it } from 'vitest'
import { ends } from '../../test/ends.js'
import { createFakeTaskServer } from '../../test/fake-task-server.js'
import { renderTasks } from '../../test/render-tasks.js'
import { useActOnMatching } from './use-act-on-matching.js'
import { useTaskHistory } from './use-task-history.js'

const filter = { tags: ['summer'], search: 'spring' }

function Page({ action }: { action: MatchingAction }) {
  const { data } = useTaskHistory()
  const { count, act, progress } = useActOnMatching(action)
  const tasks = data?.pages.flatMap((page) => page.tasks) ?? []
  return (
    <>
      <output data-testid="history">{tasks.map(({ title, status }) => `${title}: ${status}`).join(', ')}</output>
      <output data-testid="count">{count.data?.count}</output>
      <output data-testid="progress">{progress && `${progress.done} of ${progress.matched}`}</output>
      <button type="button" onClick={() => count.mutate(filter)}>
        Count
      </button>
      <button type="button" onClick={() => act.mutate(filter)}>
        Act
      </button>
    </>
  )
}

const at = (day: number) => ({ createdAt: `2026-01-0${day}T00:00:00.000Z` })

function seed() {
  const server = createFakeTaskServer()
  server.seed({ title: 'Other', tags: ['summer'], ...ends.failed(), ...at(1) })
  server.seed({ title: 'Spring 1', tags: ['summer', 'x'], ...ends.failed(), ...at(2) })
  server.seed({ title: 'Spring 2', tags: ['summer'], status: 'queued', ...at(3) })
  return server
}

it('counts what it would take, and changes nothing', async () => {
  const { screen } = await renderTasks(<Page action="delete" />, { server: seed() })
  await screen.getByRole('button', { name: 'Count' }).click()
  await expect.element(screen.getByTestId('count')).toHaveTextContent('1')
  await expect
    .element(screen.getByTestId('history'))
    .toHaveTextContent('Spring 2: queued, Spring 1: failed, Other: failed')
})

it.each([
  { action: 'delete', left: 'Spring 2: queued, Other: failed' },
  { action: 'cancel', left: 'Spring 2: cancelled, Spring 1: failed, Other: failed' },
] as const)('shows in every list what $action has done', async ({ action, left }) => {
  const { screen } = await renderTasks(<Page action={action} />, { server: seed() })
  await expect.element(screen.getByTestId('history')).toMatchTextContent(/Spring 1/)
  await screen.getByRole('button', { name: 'Act' }).click()
  await expect.element(screen.getByTestId('progress')).toHaveTextContent('1 of 1')
  await expect.element(screen.getByTestId('history')).toMatchTextContent(new RegExp(`^${left}$`))
})

it('shows the new tasks of a retry', async () => {
  const { screen } = await renderTasks(<Page action="retry" />, { server: seed() })
  await screen.getByRole('button', { name: 'Act' }).click()
  await expect.element(screen.getByTestId('history')).toMatchTextContent(/^Spring 1: (queued|processing)/)
})
