import { QueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { ends } from '../../test/ends.js'
import { createFakeTaskServer } from '../../test/fake-task-server.js'
import { renderTasks } from '../../test/render-tasks.js'
import { TaskStatusIndicator } from '../components/task-status-indicator/task-status-indicator.js'
import { useTask } from '../hooks/use-task.js'

const MINUTE_MS = 60_000
/** TanStack Query collects entries without observers after five minutes, unless the app says otherwise. */
const COLLECTED_MS = 6 * MINUTE_MS
const ROUNDS = 4
const TASKS_A_ROUND = 50
/** Ids that an earlier page has dismissed; 500 are kept in all. */
const DISMISSED_BEFORE = 400

function Title({ taskId }: { taskId: string }): ReactNode {
  return <output data-testid="title">{useTask(taskId).data?.title}</output>
}

afterEach(() => {
  vi.useRealTimers()
  localStorage.clear()
})

describe('a page that stays open', () => {
  it('holds what is shown and what a component reads, after 200 tasks have come and gone', async () => {
    const before = Array.from({ length: DISMISSED_BEFORE }, (_, index) => [`earlier-${index}`, Date.now()])
    localStorage.setItem('brandkit:dismissed:ada', JSON.stringify({ v: 1, ids: before }))
    vi.useFakeTimers({ shouldAdvanceTime: true, toFake: ['setTimeout', 'clearTimeout', 'Date'] })
    const server = createFakeTaskServer()
    const seed = (title: string) => {
      const task = server.seed({ title, status: 'processing' })
      server.hints[task.taskId] = { estimatedCompletion: new Date(Date.now() + MINUTE_MS).toISOString() }
      return task
    }
    const shown = seed('Shown')
    // The rows read their task but show nothing, because rendering hundreds of full rows takes long.
    const panel = <TaskStatusIndicator open slots={{ row: () => <></> }} />
    const { context, rerender } = await renderTasks(panel, { server })
    const { session, queryClient } = context()
    const idsIn = (kind: 'task' | 'hints') =>
      queryClient
        .getQueryCache()
        .findAll({ queryKey: ['brandkit', 'ada', kind] })
        .map(({ queryKey }) => String(queryKey[3]))
        .toSorted()
    const isLive = () => context().connection.get().state === 'live'
    const reconnect = async () => {
      server.cutStreams()
      await expect.poll(isLive).toBe(false)
      context().follower.wake()
      await expect.poll(isLive).toBe(true)
    }
    await expect.poll(isLive).toBe(true)

    let last = ''
    for (let round = 0; round < ROUNDS; round++) {
      const seeded = Array.from({ length: TASKS_A_ROUND }, () => seed('Passing'))
      // The tasks arrive in a snapshot, with hints.
      await reconnect()
      await expect.poll(() => session.registry.ids()).toHaveLength(TASKS_A_ROUND + 1)
      for (const { taskId } of seeded) server.change(taskId, round % 2 ? ends.failed() : ends.completed())
      last = seeded.at(-1)?.taskId ?? ''
      await expect.poll(() => session.cache.find(last)?.completedAt).toBeDefined()
      for (const { taskId } of seeded) session.dismiss(taskId)
      // A component reads a dismissed task, and is unmounted in the next round.
      await rerender(
        <>
          {panel}
          <Title taskId={last} />
        </>,
      )
      // The snapshot after a reconnect brings the ended tasks back.
      await reconnect()
    }
    await vi.advanceTimersByTimeAsync(COLLECTED_MS)
    expect(idsIn('task')).toEqual([shown.taskId, last].toSorted())
    expect(idsIn('hints')).toEqual([shown.taskId])
    expect(session.registry.ids()).toEqual([shown.taskId])
    const { ids } = JSON.parse(localStorage.getItem('brandkit:dismissed:ada') ?? '{}') as { ids: unknown[] }
    expect(ids).toHaveLength(500)

    // No component reads the last task any more.
    await rerender(panel)
    await vi.advanceTimersByTimeAsync(COLLECTED_MS)
    expect(idsIn('task')).toEqual([shown.taskId])
  })

  it('keeps what runs on after its dismissal, until its end was told', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true, toFake: ['setTimeout', 'clearTimeout', 'Date'] })
    const server = createFakeTaskServer()
    const { taskId } = server.seed({ title: 'Running', status: 'processing' })
    const { change, context } = await renderTasks(<></>, { server })
    const { session } = context()
    const kinds: string[] = []
    session.events.subscribe(({ kind }) => kinds.push(kind))
    await expect.poll(() => session.registry.ids()).toEqual([taskId])
    session.dismiss(taskId)
    await vi.advanceTimersByTimeAsync(COLLECTED_MS)
    expect(session.cache.find(taskId)).toBeDefined()

    change(taskId, ends.completed())
    session.receive([server.find(taskId)])
    await expect.poll(() => kinds).toEqual(['completed'])
    await vi.advanceTimersByTimeAsync(COLLECTED_MS)
    expect(session.cache.find(taskId)).toBeUndefined()
  })

  it('tells the end of a dismissed task with its result, though the connection was cut meanwhile', async () => {
    const server = createFakeTaskServer()
    server.seed({ title: 'Goes on', status: 'processing' })
    const { taskId } = server.seed({ title: 'Dismissed', status: 'processing' })
    const { context } = await renderTasks(<></>, { server })
    const { session, connection, follower } = context()
    const results: unknown[] = []
    session.events.subscribe(({ kind, task }) => results.push([kind, task.result]))
    await expect.poll(() => connection.get().state).toBe('live')
    await expect.poll(() => session.registry.ids()).toHaveLength(2)
    session.dismiss(taskId)

    server.cutStreams()
    await expect.poll(() => connection.get().state).not.toBe('live')
    server.change(taskId, { ...ends.completed(), result: { made: 'it' } as never })
    follower.wake()
    await expect.poll(() => results).toEqual([['completed', { made: 'it' }]])
  })

  it('leaves nothing in the app’s cache after it was closed', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true, toFake: ['setTimeout', 'clearTimeout', 'Date'] })
    const server = createFakeTaskServer()
    server.seed({ title: 'Running', status: 'processing' })
    const queryClient = new QueryClient()
    const { context, screen } = await renderTasks(<></>, { server, queryClient })
    await expect.poll(() => context().session.registry.ids()).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(COLLECTED_MS)
    expect(queryClient.getQueriesData({ queryKey: ['brandkit', 'ada', 'task'] })).toHaveLength(1)

    await screen.unmount()
    await vi.advanceTimersByTimeAsync(COLLECTED_MS)
    expect(queryClient.getQueriesData({ queryKey: ['brandkit'] })).toEqual([])
  })
})
