import { StrictMode } from 'react'
import { hydrateRoot } from 'react-dom/client'
import { renderToString } from 'react-dom/server'
import { afterEach, expect, it, vi } from 'vitest'
import { createFakeTaskServer } from '../../test/fake-task-server.js'
import { GenerateButton, PAYLOAD } from '../../test/generate-button.js'
import { serviceOf } from '../../test/render-tasks.js'
import { TaskNotification, TaskProvider, TaskStatusIndicator } from '../index.js'

afterEach(() => {
  localStorage.clear()
  vi.restoreAllMocks()
})

it('hydrates without a complaint, though storage and tasks are there that no server knew of', async () => {
  const server = createFakeTaskServer()
  server.seed({ title: 'Running', status: 'processing', userId: 'ada' })
  const input = { type: 'GENERATE_MEDIA_PLAN', brandId: 'aurora', payload: PAYLOAD }
  const entry = { key: 'some-key', input, at: Date.now() - 48 * 60 * 60_000 }
  localStorage.setItem('brandkit:outbox:ada', JSON.stringify({ v: 1, entries: [entry] }))
  const complaints = [vi.spyOn(console, 'error'), vi.spyOn(console, 'warn')]
  const service = serviceOf(server)
  const app = (
    <StrictMode>
      <TaskProvider userId="ada" service={service}>
        <GenerateButton />
        <TaskStatusIndicator />
        <TaskNotification />
      </TaskProvider>
    </StrictMode>
  )
  const container = document.body.appendChild(document.createElement('div'))
  container.innerHTML = renderToString(app)
  const recovered = vi.fn()
  const root = hydrateRoot(container, app, { onRecoverableError: recovered })
  try {
    await expect.poll(() => container.querySelector('.brandkit-pill')?.textContent).toMatch(/1/)
    expect(recovered).not.toHaveBeenCalled()
    for (const complaint of complaints) expect(complaint).not.toHaveBeenCalled()
  } finally {
    root.unmount()
    container.remove()
  }
})
