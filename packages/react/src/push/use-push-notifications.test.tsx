import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { render } from 'vitest-browser-react'
import { usePushNotifications } from './use-push-notifications.js'

let permission: NotificationPermission
let subscription: PushSubscription | null
const save = vi.fn<(given: PushSubscriptionJSON) => Promise<void>>()
const remove = vi.fn<(given: PushSubscriptionJSON) => Promise<void>>()
const requestPermission = vi.fn<() => Promise<NotificationPermission>>()

/** A browser with a push service, which the tests' browser lacks. */
beforeEach(() => {
  permission = 'default'
  subscription = null
  save.mockReset().mockResolvedValue()
  remove.mockReset().mockResolvedValue()
  requestPermission.mockReset().mockImplementation(async () => (permission = 'granted'))
  const made = {
    toJSON: () => ({ endpoint: 'https://push.test/1' }),
    unsubscribe: async () => {
      subscription = null
      return true
    },
  } as PushSubscription
  const pushManager = {
    getSubscription: async () => subscription,
    subscribe: async () => (subscription = made),
  } as unknown as PushManager
  const registration = { pushManager } as ServiceWorkerRegistration
  vi.stubGlobal('Notification', {
    get permission() {
      return permission
    },
    requestPermission,
  })
  vi.spyOn(navigator.serviceWorker, 'register').mockResolvedValue(registration)
  vi.spyOn(navigator.serviceWorker, 'getRegistration').mockResolvedValue(registration)
  vi.spyOn(navigator.serviceWorker, 'ready', 'get').mockReturnValue(Promise.resolve(registration))
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

function Page() {
  const push = usePushNotifications({ publicKey: 'key', serviceWorker: '/push-worker.js', save, remove })
  return (
    <>
      <output>{[push.state, push.error?.message].filter(Boolean).join(': ')}</output>
      <button type="button" onClick={() => void push.turnOn()}>
        On
      </button>
      <button type="button" onClick={() => void push.turnOff()}>
        Off
      </button>
    </>
  )
}

it('asks for permission only on a click, then saves the subscription, and removes it again', async () => {
  const screen = await render(<Page />)
  await expect.element(screen.getByText('off', { exact: true })).toBeInTheDocument()
  expect(requestPermission).not.toHaveBeenCalled()
  await screen.getByRole('button', { name: 'On' }).click()
  await expect.element(screen.getByText('on', { exact: true })).toBeInTheDocument()
  expect(save).toHaveBeenCalledExactlyOnceWith({ endpoint: 'https://push.test/1' })
  await screen.getByRole('button', { name: 'Off' }).click()
  await expect.element(screen.getByText('off', { exact: true })).toBeInTheDocument()
  expect(remove).toHaveBeenCalledExactlyOnceWith({ endpoint: 'https://push.test/1' })
})

it('says that it is on when the browser is subscribed already', async () => {
  permission = 'granted'
  subscription = {} as PushSubscription
  const screen = await render(<Page />)
  await expect.element(screen.getByText('on', { exact: true })).toBeInTheDocument()
})

it('says when the user has refused', async () => {
  requestPermission.mockImplementation(async () => (permission = 'denied'))
  const screen = await render(<Page />)
  await screen.getByRole('button', { name: 'On' }).click()
  await expect.element(screen.getByText('denied')).toBeInTheDocument()
  expect(save).not.toHaveBeenCalled()
})

it('says when the browser cannot', async () => {
  vi.stubGlobal('PushManager', undefined)
  Reflect.deleteProperty(globalThis, 'PushManager')
  const screen = await render(<Page />)
  await expect.element(screen.getByText('unsupported')).toBeInTheDocument()
})

it('stays off, and says why, when the server could not be told', async () => {
  save.mockRejectedValue(new Error('The server is away.'))
  const screen = await render(<Page />)
  await screen.getByRole('button', { name: 'On' }).click()
  await expect.element(screen.getByText('off: The server is away.')).toBeInTheDocument()
  expect(subscription).toBeNull()
})
