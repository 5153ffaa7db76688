import { createFakeTaskServer } from '@brandkit/server-adapter/testing/fake-server'
import { Profiler } from 'react'
import { afterEach, describe, expect, it } from 'vitest'
import { renderTasks } from '../../../test/render-tasks.js'
import '../../styles.css'
import type { Looks } from '../looks.js'
import { groupTasks } from './group-tasks.js'
import { TaskGroupList } from './task-group-list.js'
import { useShownTasks } from './use-shown-tasks.js'
import { TaskStatusIndicator, type TaskStatusIndicatorProps } from './task-status-indicator.js'

afterEach(() => localStorage.clear())

/** A server that is polled only every 10 minutes, so that the test alone causes renders. */
const createQuietServer = () => createFakeTaskServer({ scenario: null, pollAfterMs: 600_000 })
/** A clock that stands still. A running clock would render every row each second. */
const now = () => Date.UTC(2026, 10, 24)
const startedAt = new Date(now()).toISOString()
const rows = () => document.querySelectorAll('.brandkit-row').length

function WholeList({ looks }: { looks: Looks }) {
  const group = useShownTasks({}, (tasks) => groupTasks(tasks, { isOwn: () => true, now: now() })).active
  return <TaskGroupList id="all" name="active" group={group} shownIds={group.ids} looks={looks} onMore={() => {}} />
}

describe('many tracked tasks', () => {
  it('render one row when one of 1,000 changes', async () => {
    const server = createQuietServer()
    const seeded = Array.from({ length: 1_000 }, (_, index) =>
      server.seed({ title: `Task ${index}`, status: 'processing', progress: 10, startedAt }),
    )
    for (const { taskId } of seeded)
      server.hints[taskId] = { estimatedCompletion: new Date(now() + 60_000).toISOString() }
    const rendered: string[] = []
    const slots: TaskStatusIndicatorProps['slots'] = {
      row: ({ task, children }) => (
        <Profiler id={task.taskId} onRender={(id) => rendered.push(id)}>
          {children}
        </Profiler>
      ),
    }
    const { screen, context } = await renderTasks(<TaskStatusIndicator open slots={slots} />, {
      server,
      now,
    })
    await expect.element(screen.getByRole('button', { name: /1,000 running/ })).toBeVisible()
    await expect.element(screen.getByRole('progressbar', { name: 'Task 990' })).toHaveAttribute('value', '10')

    const { taskId } = seeded[990]!
    // The server's hints arrive once, with the stream, and render every row.
    const hints = () =>
      context()
        .queryClient.getQueryCache()
        .findAll({ queryKey: ['brandkit', 'ada', 'hints'] })
    await expect.poll(() => hints().filter(({ state }) => state.data !== undefined)).toHaveLength(1_000)
    await expect.poll(() => rendered.splice(0)).toEqual([])
    const changed = { ...server.find(taskId), progress: 50, version: 2 }
    context().session.cache.write([changed])
    context().session.registry.touch()
    await expect.element(screen.getByRole('progressbar', { name: 'Task 990' })).toHaveAttribute('value', '50')
    expect(new Set(rendered)).toEqual(new Set([taskId]))
  })

  it('render one row when one of them changes, with all 300 rows in the list', async () => {
    const server = createQuietServer()
    const seeded = Array.from({ length: 300 }, (_, index) =>
      server.seed({ title: `Task ${index}`, status: 'processing', progress: 10, startedAt }),
    )
    const rendered: string[] = []
    const looks: Looks = {
      slots: {
        title: ({ task }) => (
          <Profiler id={task.taskId} onRender={(id) => rendered.push(id)}>
            {task.title}
          </Profiler>
        ),
      },
    }
    // The panel's list as it is after the last "Show 50 more".
    const { context } = await renderTasks(<WholeList looks={looks} />, { server, now })
    await expect.poll(rows).toBe(300)
    await expect.poll(() => rendered.splice(0)).toEqual([])

    const { taskId } = seeded[150]!
    context().session.receive([{ ...server.find(taskId), progress: 50, version: 2 }])
    const row = document.querySelector(`[data-task-id="${taskId}"]`)
    await expect.poll(() => row?.querySelector('progress')?.value).toBe(50)
    expect(new Set(rendered)).toEqual(new Set([taskId]))
  })

  it('are shown 50 at a time, and what is out of sight is not laid out', async () => {
    const server = createQuietServer()
    for (let index = 0; index < 120; index++) server.seed({ title: `Task ${index}` })
    const { screen } = await renderTasks(<TaskStatusIndicator open />, { server })
    await expect.poll(() => document.querySelectorAll('.brandkit-row')).toHaveLength(50)
    await screen.getByRole('button', { name: 'Show 50 more' }).click()
    await screen.getByRole('button', { name: 'Show 20 more' }).click()
    await expect.poll(() => document.querySelectorAll('.brandkit-row')).toHaveLength(120)
    expect(screen.getByRole('button', { name: /^Show/ }).query()).toBeNull()
    const last = [...document.querySelectorAll('.brandkit-row')].at(-1)!
    expect(getComputedStyle(last).contentVisibility).toBe('auto')
    await expect.poll(() => document.activeElement).toBe(document.querySelectorAll('.brandkit-row')[100])
  })
})
