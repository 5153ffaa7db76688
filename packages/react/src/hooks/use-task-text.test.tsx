import { createFakeTaskServer, createManualClock } from '@brandkit/server-adapter/testing/fake-server'
import { StrictMode } from 'react'
import { expect, it, vi } from 'vitest'
import { createPlan } from '../../test/create-plan.js'
import { renderTasks } from '../../test/render-tasks.js'
import { useTaskText } from './use-task-text.js'

function Story({ taskId }: { taskId: string | null }) {
  const { text, isComplete, error } = useTaskText(taskId)
  return (
    <article data-testid="story" data-complete={isComplete} aria-busy={!isComplete}>
      {error?.code ?? text}
    </article>
  )
}

it('shows a text as it grows, and asks nothing once it is complete', async () => {
  const clock = createManualClock()
  const texts = ['Once ', 'upon ', 'a ', 'time.']
  const server = createFakeTaskServer({
    clock,
    pollAfterMs: 20,
    scenario: { startAfterMs: 0, durationMs: 5_000, texts },
  })
  const { screen, context, rerender } = await renderTasks(<Story taskId={null} />, { server })
  const { taskId } = await createPlan(context())
  await rerender(
    <StrictMode>
      <Story taskId={taskId} />
    </StrictMode>,
  )
  const story = screen.getByTestId('story')
  for (const shown of ['Once', 'Once upon', 'Once upon a', 'Once upon a time.']) {
    await clock.advance(1_000)
    await expect.element(story).toHaveTextContent(shown)
  }
  await clock.advance(2_000)
  await expect.element(story).toHaveAttribute('data-complete', 'true')
  const reads = () => server.requests.filter((request) => request === 'GET text').length
  const before = reads()
  expect(before).toBeLessThanOrEqual(6)

  await rerender(<Story taskId={null} />)
  await expect.element(story).toHaveTextContent('')
  expect(reads()).toBe(before)
})

it('says why there is no text', async () => {
  const { screen } = await renderTasks(<Story taskId="0198-unknown" />)
  await vi.waitFor(() => expect(screen.getByTestId('story').element().textContent).toBe('task_not_found'))
})
