import { createFakeTaskServer } from '@brandkit/server-adapter/testing/fake-server'
import { Profiler } from 'react'
import { expect, inject, it } from 'vitest'
import { render } from 'vitest-browser-react'
import { createChangingTasks } from './changing-tasks.js'
import { createCountedFetch, type Traffic } from './counted-fetch.js'
import { FOLLOWERS } from './followers.js'

declare module 'vitest' {
  interface ProvidedContext {
    /** How many tasks are under way, run by run. */
    followed: number[] | undefined
    /** How long they report before they end, in milliseconds. */
    watchMs: number | undefined
  }
  interface TaskMeta {
    followed?: Traffic & { title: string; tasks: number; delays: number[]; commits: number }
  }
}

const runs = (inject('followed') ?? [3]).flatMap((count) => FOLLOWERS.map((follower) => ({ count, follower })))

it.for(runs)('$follower.title, $count tasks', async ({ count, follower: { title, List } }, { task }) => {
  localStorage.clear()
  const server = createFakeTaskServer({ scenario: null })
  const tasks = createChangingTasks(server, { count, watchMs: inject('watchMs') ?? 100 })
  const { fetch, traffic } = createCountedFetch(server.fetch)
  let commits = 0
  const screen = await render(
    <Profiler id="list" onRender={() => (commits += 1)}>
      <List taskIds={tasks.taskIds} fetch={fetch} />
    </Profiler>,
  )
  const rows = () => screen.container.querySelectorAll<HTMLElement>('[data-version]')
  await expect.poll(() => rows().length).toBe(count)

  const observer = new MutationObserver((changes) => {
    for (const { target } of changes) {
      const { taskId = '', version } = (target as HTMLElement).dataset
      tasks.shown(taskId, Number(version))
    }
  })
  observer.observe(screen.container, { subtree: true, attributes: true, attributeFilter: ['data-version'] })
  await tasks.run()
  await expect.poll(() => tasks.unseen()).toBe(0)
  observer.disconnect()
  await screen.unmount()

  task.meta.followed = { ...traffic, title, tasks: count, delays: tasks.delays.map(Math.round), commits }
  expect(tasks.delays.length).toBeGreaterThanOrEqual(count)
})
