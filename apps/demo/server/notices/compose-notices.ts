import type { Notice, NotifyOptions, NotifyTarget } from '@brandkit/server-adapter'
import { webPushTarget } from '@brandkit/server-adapter/notify'
import { createMailTarget } from './mail-target.ts'
import { taskPath } from '../../src/sections/section-path.ts'
import type { VapidKeys } from './vapid-keys.ts'
import type { Wishes } from './wishes.ts'

export interface NoticeSettings {
  /** `smtp://localhost:1025`. Undefined: no mail. */
  smtpUrl?: string | undefined
  /** Undefined: no messages in browsers. */
  vapid?: VapidKeys | undefined
  /** The studio's address for links, without a final slash. */
  studioUrl: string
}

/** Who is told of ended tasks although the page is closed: the owner, as the owner wishes. */
export function composeNotices(
  { smtpUrl, vapid, studioUrl }: NoticeSettings,
  wishes: Wishes,
): NotifyOptions | undefined {
  const targets: Record<string, NotifyTarget> = {}
  if (smtpUrl !== undefined) targets['mail'] = createMailTarget({ smtpUrl, wishes })
  if (vapid) {
    targets['push'] = webPushTarget({
      vapid: { subject: 'mailto:studio@studio.example', ...vapid },
      subscriptionsOf: async ({ data }) => (await wishes.read(data.userId)).subscriptions,
      onGone: ({ endpoint }, { data }) => wishes.unsubscribe(data.userId, endpoint),
    })
  }
  if (Object.keys(targets).length === 0) return undefined
  return { targets, linkTo: ({ data }: Notice) => studioUrl + taskPath(data.task) }
}
