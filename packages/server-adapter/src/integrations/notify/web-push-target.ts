import { ANYTHING, assertOptions, FUNCTION, LIST, OBJECT, oneOf, type OptionRules, readTaskError } from '@brandkit/core'
import type { generateRequestDetails, getVapidHeaders, PushSubscription } from 'web-push'
import { importPeer } from '../../import-peer.js'
import type { Notice, NotifyTarget } from '../../runtime/telling/notify-target.js'
import { type OutsideNetwork, postOutside } from './post-outside.js'

/** What the service worker shows. */
export interface PushMessage {
  /** A later message with the same id takes the place of the earlier one. */
  id: string
  title: string
  body: string
  /** Opened by a click. Default: the app's start page. */
  link?: string | undefined
}

export interface WebPushTargetOptions extends Pick<NotifyTarget, 'ends' | 'wants'> {
  /** Keys of the app, made once by `npx web-push generate-vapid-keys`; the subject is a `mailto:` or https address. */
  vapid: { subject: string; publicKey: string; privateKey: string }
  /** The subscriptions of the notice's user, as browsers gave them (`subscription.toJSON()`): one for each browser. */
  subscriptionsOf: (notice: Notice) => readonly PushSubscription[] | Promise<readonly PushSubscription[]>
  /** Called for a subscription that its push service no longer knows: the app removes it. */
  onGone?: ((subscription: PushSubscription, notice: Notice) => unknown) | undefined
  /** Default: the task's title, and whether it is done, in English. */
  toMessage?: ((notice: Notice) => Omit<PushMessage, 'id'>) | undefined
  /** The push services' network; browsers report their address, so users may write it. Default `public`; `any` is for tests. */
  network?: OutsideNetwork | undefined
}

/** The part of web-push that is used: it encrypts and signs, and `postOutside` sends. */
interface WebPush {
  generateRequestDetails: typeof generateRequestDetails
  getVapidHeaders: typeof getVapidHeaders
}

const RULES: OptionRules<WebPushTargetOptions> = {
  vapid: OBJECT,
  subscriptionsOf: FUNCTION,
  onGone: FUNCTION,
  toMessage: FUNCTION,
  network: oneOf(['public', 'any']),
  ends: LIST,
  // Checked by `notify`.
  wants: ANYTHING,
}

/** How long a push service keeps a message for a browser that is closed, in seconds. */
const KEPT_SECONDS = 24 * 60 * 60

/**
 * Shows notices in the user's browsers although the page is closed, through the service worker of `@brandkit/react/push`. If
 * one of several browsers cannot be reached, all get the message again, and it takes the place of the earlier one.
 *
 * Needs the package web-push, which encrypts and signs.
 *
 * @throws TypeError for a wrong option
 */
export function webPushTarget(options: WebPushTargetOptions): NotifyTarget {
  assertOptions('webPushTarget', options, RULES, { needed: ['vapid', 'subscriptionsOf'], isClosed: true })
  const { vapid, subscriptionsOf, onGone, toMessage = toEnglish, network = 'public', ends, wants } = options
  let library: Promise<WebPush> | undefined

  function webPush(): Promise<WebPush> {
    library ??= importPeer('web-push', {
      neededBy: 'webPushTarget',
      load: async () => (await import('web-push')).default,
    })
    return library
  }

  return {
    ends,
    wants,
    async open() {
      const { getVapidHeaders } = await webPush()
      // Throws for wrong keys. Any https address will do.
      getVapidHeaders('https://push.example', vapid.subject, vapid.publicKey, vapid.privateKey, 'aes128gcm')
    },
    async deliver(notice, { signal }) {
      const { generateRequestDetails } = await webPush()
      const message: PushMessage = { link: notice.data.link, ...toMessage(notice), id: notice.id }
      const push = async (subscription: PushSubscription) => {
        const { headers, body, endpoint } = generateRequestDetails(subscription, JSON.stringify(message), {
          vapidDetails: vapid,
          TTL: KEPT_SECONDS,
        })
        const given = Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'content-length')
        const status = await postOutside(endpoint, {
          headers: Object.fromEntries(given),
          body: body ?? '',
          network,
          signal,
        })
        if (status === 404 || status === 410) await onGone?.(subscription, notice)
      }
      const pushed = await Promise.allSettled((await subscriptionsOf(notice)).map(push))
      const reasons = pushed.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []))
      if (reasons.length === 0) return
      // A refused subscription must not end the notice for a browser that another attempt may reach.
      throw reasons.find((reason) => readTaskError(reason)?.retryable !== false) ?? reasons[0]
    },
  }
}

const ENDS: Readonly<Record<Notice['type'], string>> = {
  'task.completed': 'It is done.',
  'task.failed': 'It did not work.',
  'task.cancelled': 'It was cancelled.',
}

function toEnglish({ type, data }: Notice): Omit<PushMessage, 'id'> {
  return { title: data.task.title, body: ENDS[type] }
}
