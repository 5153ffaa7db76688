import {
  ANYTHING,
  assertOptions,
  describeError,
  FatalTaskError,
  FUNCTION,
  LIST,
  oneOf,
  type OptionRules,
} from '@brandkit/core'
import type { Webhook } from 'standardwebhooks'
import { importPeer } from '../../import-peer.js'
import type { Notice, NotifyTarget } from '../../runtime/telling/notify-target.js'
import { assertOutside, type OutsideNetwork, postOutside } from './post-outside.js'

export interface WebhookTargetOptions extends Pick<NotifyTarget, 'ends' | 'wants'> {
  /** The address to post to, or a function that finds the owner's address; null tells nobody. */
  url: string | ((notice: Notice) => string | null | Promise<string | null>)
  /** Signs the messages: `whsec_` and base64, as Standard Webhooks writes it. A function may give each receiver its own. */
  secret: string | ((notice: Notice) => string | Promise<string>)
  /**
   * `public` allows https to the public internet only, because users may write the address. `any` also allows http, this
   * machine and private networks. Default `public`.
   */
  network?: OutsideNetwork | undefined
}

const RULES: OptionRules<WebhookTargetOptions> = {
  // Never printed: a URL may hold a token.
  url: ANYTHING,
  secret: ANYTHING,
  network: oneOf(['public', 'any']),
  ends: LIST,
  wants: FUNCTION,
}

/**
 * Posts notices as JSON, signed as https://www.standardwebhooks.com describes: `webhook-id` stays the same when a delivery is
 * repeated. Any answer with 2xx is a delivery; 410 ends it; other answers are tried again, after their `Retry-After`.
 *
 * Needs the package standardwebhooks.
 *
 * @throws TypeError for a wrong option, FatalTaskError for a fixed address that is refused
 */
export function webhookTarget(options: WebhookTargetOptions): NotifyTarget {
  assertOptions('webhookTarget', options, RULES, { needed: ['url', 'secret'], isClosed: true })
  const { url, secret, network = 'public', ends, wants } = options
  for (const [name, value] of Object.entries({ url, secret })) {
    if (typeof value !== 'string' && typeof value !== 'function')
      throw new TypeError(`webhookTarget needs \`${name}\`: a string, or a function that gives one.`)
  }
  if (typeof url === 'string') assertOutside(url, network)
  let signers: Promise<typeof Webhook> | undefined

  async function signerFor(key: string): Promise<Webhook> {
    signers ??= importPeer('standardwebhooks', {
      neededBy: 'webhookTarget',
      load: async () => (await import('standardwebhooks')).Webhook,
    })
    const Signer = await signers
    try {
      return new Signer(key)
    } catch (error) {
      throw new TypeError(
        `The secret of a webhookTarget must be in base64, at best "whsec_" and 24 random bytes. ${describeError(error)}`,
        { cause: error },
      )
    }
  }

  return {
    ends,
    wants,
    async open() {
      if (typeof secret === 'string') await signerFor(secret)
    },
    async deliver(notice, { signal }) {
      const address = typeof url === 'string' ? url : await url(notice)
      if (address === null) return
      const signer = await signerFor(typeof secret === 'string' ? secret : await secret(notice))
      const sentAt = new Date()
      const body = JSON.stringify(notice)
      const status = await postOutside(address, {
        headers: {
          'content-type': 'application/json',
          'webhook-id': notice.id,
          'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1_000)),
          'webhook-signature': signer.sign(notice.id, sentAt, body),
        },
        body,
        network,
        signal,
      })
      if (status === 410) throw new FatalTaskError('The receiver answered 410: it wants no more messages.')
      if (status === 404) throw new Error('The receiver answered 404.')
    },
  }
}
