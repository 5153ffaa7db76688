/** The part of a service worker's global scope that is used. The compiler knows only the page's. */
export interface PushWorkerScope {
  addEventListener(type: 'push' | 'notificationclick', listener: (event: PushWorkerEvent) => void): void
  registration: Pick<ServiceWorkerRegistration, 'showNotification'>
  location: { origin: string }
  clients: {
    matchAll(options: { type: 'window'; includeUncontrolled: boolean }): Promise<readonly PushWorkerPage[]>
    openWindow(url: string): Promise<unknown>
  }
}

export interface PushWorkerPage {
  url: string
  focus(): Promise<unknown>
}

export interface PushWorkerEvent {
  waitUntil(work: Promise<unknown>): void
  /** What `webPushTarget` has sent. Only `push` has it. */
  data?: { json(): unknown } | null
  /** Only `notificationclick` has it. */
  notification?: { close(): void; data?: unknown }
}

/** Shows what `webPushTarget` sends, and opens the task's page on a click, or focuses it where it is open. */
export function servePush(scope: PushWorkerScope): void {
  scope.addEventListener('push', (event) => event.waitUntil(show(scope, event)))
  scope.addEventListener('notificationclick', (event) => event.waitUntil(openPage(scope, event)))
}

interface Message {
  id?: string
  title?: string
  body?: string
  link?: string
}

async function show({ registration }: PushWorkerScope, { data }: PushWorkerEvent): Promise<void> {
  const { id, title = '', body = '', link } = (data?.json() ?? {}) as Message
  // A repeated delivery takes the place of the first one, without a second sound.
  await registration.showNotification(title, { body, data: { link }, ...(id !== undefined && { tag: id }) })
}

async function openPage(scope: PushWorkerScope, { notification }: PushWorkerEvent): Promise<void> {
  notification?.close()
  const { link } = (notification?.data ?? {}) as Message
  const url = URL.parse(link ?? '/', scope.location.origin)
  // Only pages of this app: the message came over the network.
  const { href } = url?.origin === scope.location.origin ? url : new URL('/', scope.location.origin)
  const pages = await scope.clients.matchAll({ type: 'window', includeUncontrolled: true })
  const open = pages.find((page) => page.url === href)
  await (open ? open.focus() : scope.clients.openWindow(href))
}
