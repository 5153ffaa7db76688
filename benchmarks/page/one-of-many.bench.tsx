import { createFakeTaskServer } from '@brandkit/server-adapter/testing/fake-server'
import { Profiler } from 'react'
import { describe, expect, inject, it } from 'vitest'
import '../../packages/react/src/styles.css'
import { TaskNotification } from '../../packages/react/src/components/task-notification/task-notification.js'
import { TaskStatusIndicator } from '../../packages/react/src/components/task-status-indicator/task-status-indicator.js'
import { renderTasks } from '../../packages/react/test/render-tasks.js'

declare module 'vitest' {
  interface ProvidedContext {
    tracked: number | undefined
    changes: number | undefined
  }
  interface TaskMeta {
    /** Milliseconds: of React's commits, and from each write until the row showed it. */
    samples?: { commits: number[]; waits: number[] }
  }
}

// The defaults are for the smoke test.
const TRACKED = inject('tracked') ?? 20
const CHANGES = inject('changes') ?? 3
/** Row of the one that changes. */
const CHANGED = Math.min(20, TRACKED - 1)

/** Resolves when the row's bar has its new value, which means that React has committed. */
async function whenShown(bar: Element): Promise<void> {
  return new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      observer.disconnect()
      resolve()
    })
    observer.observe(bar, { attributes: true, attributeFilter: ['value'] })
  })
}

describe(`${TRACKED} tracked tasks, the panel open, and one changes`, () => {
  it('is shown by its row', async ({ task }) => {
    const server = createFakeTaskServer({ scenario: null, pollAfterMs: 600_000 })
    const startedAt = new Date().toISOString()
    for (let index = 0; index < TRACKED; index++)
      server.seed({ title: `Task ${index}`, status: 'processing', progress: 1, startedAt })
    const commits: number[] = []
    const page = await renderTasks(
      <Profiler id="indicator" onRender={(_id, _phase, _actual, _base, start, commit) => commits.push(commit - start)}>
        <TaskStatusIndicator open />
        <TaskNotification />
      </Profiler>,
      { server },
    )
    const heading = { name: `Active ${TRACKED.toLocaleString('en')}` }
    await expect.element(page.screen.getByRole('heading', heading)).toBeVisible()
    const row = document.querySelectorAll<HTMLElement>('.brandkit-row')[CHANGED]
    const taskId = row?.dataset['taskId'] ?? ''
    const bar = row?.querySelector('progress') as Element

    const { cache, registry } = page.context().session
    const waits: number[] = []
    commits.length = 0
    for (let change = 0; change < CHANGES; change++) {
      const shown = whenShown(bar)
      const began = performance.now()
      cache.write([{ ...server.find(taskId), progress: 2 + (change % 97), version: 2 + change }])
      registry.touch()
      await shown
      waits.push(performance.now() - began)
      // Lets the page finish this change before the next one starts.
      await new Promise((resolve) => requestAnimationFrame(resolve))
    }
    task.meta.samples = { commits, waits }
    expect(waits).toHaveLength(CHANGES)
  })
})
