/**
 * `unsupported`: this browser has no push, or the page is not served by https (localhost counts as https).
 * `denied`: the user has refused notifications of this site; only the browser's settings can change that.
 */
export type PushState = 'unsupported' | 'denied' | 'off' | 'on'

export interface PushOptions {
  /** The server's public VAPID key. */
  publicKey: string
  /** The address of the service worker, which imports `@brandkit/react/push-worker`. Its scope must hold the page. */
  serviceWorker: string | URL
  /** Tells the server of this browser's subscription. */
  save: (subscription: PushSubscriptionJSON) => Promise<unknown>
  /** Tells the server that this browser's subscription is over. */
  remove: (subscription: PushSubscriptionJSON) => Promise<unknown>
}

/** Changes nothing and asks the user nothing. */
export async function readPushState(): Promise<PushState> {
  if (!isSupported()) return 'unsupported'
  if (Notification.permission === 'denied') return 'denied'
  if (Notification.permission !== 'granted') return 'off'
  return (await findSubscription()) ? 'on' : 'off'
}

/** Asks for permission and subscribes. Call it in a click: browsers ignore or punish a question without one. */
export async function turnPushOn({ publicKey, serviceWorker, save }: PushOptions): Promise<PushState> {
  if (!isSupported()) return 'unsupported'
  const permission = await Notification.requestPermission()
  if (permission !== 'granted') return permission === 'denied' ? 'denied' : 'off'
  await navigator.serviceWorker.register(serviceWorker)
  const { pushManager } = await navigator.serviceWorker.ready
  // A subscription of an earlier key, or one that the server has lost.
  await (await pushManager.getSubscription())?.unsubscribe()
  const subscription = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey })
  try {
    await save(subscription.toJSON())
  } catch (error) {
    // The page must not say `on` while the server knows of no subscription.
    await subscription.unsubscribe()
    throw error
  }
  return 'on'
}

export async function turnPushOff({ remove }: Pick<PushOptions, 'remove'>): Promise<PushState> {
  const subscription = await findSubscription()
  if (subscription) {
    await subscription.unsubscribe()
    await remove(subscription.toJSON())
  }
  return await readPushState()
}

function isSupported(): boolean {
  return 'serviceWorker' in navigator && 'PushManager' in globalThis && 'Notification' in globalThis
}

async function findSubscription(): Promise<PushSubscription | null> {
  const registration = await navigator.serviceWorker.getRegistration()
  return (await registration?.pushManager.getSubscription()) ?? null
}
