import { createFakeTaskServer } from '@brandkit/server-adapter/testing/fake-server'
import { Profiler } from 'react'
import { describe, expect, it } from 'vitest'
import '../src/styles.css'
import { TaskNotification } from '../src/components/task-notification/task-notification.js'
import { TaskStatusIndicator } from '../src/components/task-status-indicator/task-status-indicator.js'
import { renderTasks } from '../test/render-tasks.js'

const TRACKED = 1_000
const CHANGES = 200

/** The value below which this share of the samples lies. */
function quantile(samples: readonly number[], share: number): string {
  const sorted = samples.toSorted((a, b) => a - b)
  return `${(sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(2)} ms`
}

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
  it('takes this long', async () => {
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
    await expect.element(page.screen.getByRole('button', { name: /1,000 tasks running/ })).toBeVisible()
    const row = document.querySelectorAll<HTMLElement>('.brandkit-row')[20]
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
    console.log(
      [
        `from the write to the row in the page: median ${quantile(waits, 0.5)}, 95 % below ${quantile(waits, 0.95)}`,
        `rendering and committing: median ${quantile(commits, 0.5)}, 95 % below ${quantile(commits, 0.95)}`,
      ].join('\n'),
    )
    expect(waits).toHaveLength(CHANGES)
  }, 120_000)
})
