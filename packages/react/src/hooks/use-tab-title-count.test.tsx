import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import ar from '../locales/ar.json' with { type: 'json' }
import { ends } from '../../test/ends.js'
import { createFakeTaskServer } from '../../test/fake-task-server.js'
import { renderTasks } from '../../test/render-tasks.js'
import type { TaskProviderProps } from '../provider/task-provider.js'
import { useTabTitleCount } from './use-tab-title-count.js'

function Title() {
  useTabTitleCount()
  return null
}

const visibility = vi.spyOn(document, 'visibilityState', 'get')

function look(state: DocumentVisibilityState): void {
  visibility.mockReturnValue(state)
  document.dispatchEvent(new Event('visibilitychange'))
}

async function renderRunning(count: number, props: Partial<TaskProviderProps> = {}) {
  const server = createFakeTaskServer()
  const seeded = Array.from({ length: count }, () => server.seed({ status: 'processing' }))
  const tasks = await renderTasks(
    <>
      <Title />
      <Title />
    </>,
    { server, ...props },
  )
  await expect.poll(() => tasks.context().session.registry.ids()).toHaveLength(count)
  const { session } = tasks.context()
  /** Ends tasks on the server, and waits until the page has heard of it. */
  const end = async (...kinds: (keyof typeof ends)[]) => {
    for (const [index, kind] of kinds.entries()) {
      const taskId = seeded[index]?.taskId ?? ''
      const task = server.change(taskId, ends[kind]())
      session.receive([task ?? server.find(taskId)])
      await expect.poll(() => session.cache.find(taskId)?.status).not.toBe('processing')
    }
  }
  return { ...tasks, end }
}

beforeEach(() => {
  document.title = 'Media plan'
})

afterEach(() => {
  look('visible')
  localStorage.clear()
})

describe('useTabTitleCount', () => {
  it('counts what has completed or failed while nobody looked, until somebody looks', async () => {
    const { end } = await renderRunning(3)
    look('hidden')
    await end('completed', 'failed', 'cancelled')
    await expect.poll(() => document.title).toBe('(2) Media plan')
    look('visible')
    expect(document.title).toBe('Media plan')
  })

  it('counts nothing while the page is in view', async () => {
    const { end } = await renderRunning(1)
    await end('completed')
    expect(document.title).toBe('Media plan')
  })

  it('keeps the title of the app, which may change meanwhile', async () => {
    const { end } = await renderRunning(1)
    look('hidden')
    await end('completed')
    await expect.poll(() => document.title).toBe('(1) Media plan')
    document.title = 'Brand kit'
    await expect.poll(() => document.title).toBe('(1) Brand kit')
    look('visible')
    expect(document.title).toBe('Brand kit')
  })

  it('restores the title when it is unmounted', async () => {
    const { end, rerender } = await renderRunning(1)
    look('hidden')
    await end('completed')
    await expect.poll(() => document.title).toBe('(1) Media plan')
    await rerender(null)
    expect(document.title).toBe('Media plan')
  })

  it('counts in the digits of the labels', async () => {
    const { end } = await renderRunning(1, { labels: ar })
    look('hidden')
    await end('completed')
    await expect.poll(() => document.title).toBe('(١) Media plan')
  })
})
