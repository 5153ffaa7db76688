import { afterEach, describe, expect, it, vi } from 'vitest'
import { createFakeTaskServer } from '../../test/fake-task-server.js'
import { renderTasks } from '../../test/render-tasks.js'
import { useTaskPhase } from './use-task-phase.js'
import { useTasks } from './use-tasks.js'
import type { TaskSummary } from '@brandkit/core'

const renders: string[] = []

function Rows() {
  return useTasks().map((task) => <Row key={task.taskId} task={task} />)
}

function Row({ task }: { task: TaskSummary }) {
  const { phase, label } = useTaskPhase(task)
  renders.push(label)
  return <p data-phase={phase}>{label}</p>
}

afterEach(() => {
  vi.useRealTimers()
  renders.length = 0
  localStorage.clear()
})

describe('useTaskPhase', () => {
  it('follows the clock, and renders only when the words change', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    const begin = Date.UTC(2027, 0, 1)
    let now = begin
    const server = createFakeTaskServer({ scenario: null, pollAfterMs: 600_000 })
    server.seed({ title: 'Later', runAt: new Date(begin + 40 * 60_000).toISOString() })
    const { screen } = await renderTasks(<Rows />, { server, now: () => now })
    await expect.element(screen.getByText('Starts in 40 min')).toHaveAttribute('data-phase', 'scheduled')
    renders.length = 0

    now = begin + 10_000
    vi.advanceTimersByTime(1_000)
    expect(renders).toEqual([])
    now = begin + 70_000
    vi.advanceTimersByTime(1_000)
    await expect.element(screen.getByText('Starts in 39 min')).toBeVisible()
    now = begin + 40 * 60_000
    vi.advanceTimersByTime(1_000)
    await expect.element(screen.getByText('Waiting')).toHaveAttribute('data-phase', 'waiting')
    expect(new Set(renders)).toEqual(new Set(['Starts in 39 min', 'Waiting']))
  })
})
