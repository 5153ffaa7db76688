import { expect, it, vi } from 'vitest'
import { type PushWorkerEvent, type PushWorkerPage, servePush } from './serve-push.js'

const ORIGIN = 'https://app.test'

function openWorker({ pages = [] }: { pages?: PushWorkerPage[] } = {}) {
  const listeners = new Map<string, (event: PushWorkerEvent) => void>()
  const shown = vi.fn<(title: string, options?: NotificationOptions) => Promise<void>>().mockResolvedValue()
  const opened = vi.fn<(url: string) => Promise<void>>().mockResolvedValue()
  servePush({
    addEventListener: (type, listener) => void listeners.set(type, listener),
    registration: { showNotification: shown },
    location: { origin: ORIGIN },
    clients: { matchAll: async () => pages, openWindow: opened },
  })
  async function send(type: string, event: Omit<PushWorkerEvent, 'waitUntil'>): Promise<void> {
    const work: Promise<unknown>[] = []
    listeners.get(type)?.({ ...event, waitUntil: (given) => void work.push(given) })
    await Promise.all(work)
  }
  return { shown, opened, send }
}

function clicked(link?: string) {
  const close = vi.fn<() => void>()
  return { close, event: { notification: { close, data: { link } } } }
}

it('shows a message, so that a repeated one takes its place', async () => {
  const { shown, send } = openWorker()
  const message = { id: 't1_push', title: 'Brand kit: Aurora', body: 'It is done.', link: '/tasks/t1' }
  await send('push', { data: { json: () => message } })
  expect(shown).toHaveBeenCalledExactlyOnceWith('Brand kit: Aurora', {
    body: 'It is done.',
    tag: 't1_push',
    data: { link: '/tasks/t1' },
  })
})

it('shows something for a message without content, because browsers demand it', async () => {
  const { shown, send } = openWorker()
  await send('push', { data: null })
  expect(shown).toHaveBeenCalledOnce()
})

it('focuses the page of the task where it is open, and opens it otherwise', async () => {
  const focus = vi.fn<() => Promise<void>>().mockResolvedValue()
  const { opened, send } = openWorker({ pages: [{ url: `${ORIGIN}/tasks/t1`, focus }] })
  const { close, event } = clicked('/tasks/t1')
  await send('notificationclick', event)
  expect([close, focus].map(({ mock }) => mock.calls.length)).toEqual([1, 1])
  await send('notificationclick', clicked(`${ORIGIN}/tasks/t2`).event)
  expect(opened.mock.calls).toEqual([[`${ORIGIN}/tasks/t2`]])
})

it.each([undefined, 'https://evil.test/', 'javascript:alert(1)', 'http://['])(
  'opens the start page for a link that leads elsewhere: %s',
  async (link) => {
    const { opened, send } = openWorker()
    await send('notificationclick', clicked(link).event)
    expect(opened).toHaveBeenCalledExactlyOnceWith(`${ORIGIN}/`)
  },
)
