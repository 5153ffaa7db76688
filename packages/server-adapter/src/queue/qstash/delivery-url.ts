import { strayCharacters } from '@brandkit/core'

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

/**
 * The address to which QStash delivers, and the required `sub` of a signature: the configured public URL with
 * `action=process`. It never uses the request's Host header, because the sender can choose that header.
 *
 * @throws TypeError unless `publicUrl` is an absolute URL without query, fragment and credentials, over https (or http on a
 *   loopback address, for tests)
 */
export function toDeliveryUrl(publicUrl: string): string {
  const example = 'for example https://app.example/api/jobs'
  const stray = typeof publicUrl === 'string' ? strayCharacters(publicUrl) : undefined
  if (stray !== undefined) throw new TypeError(`publicUrl ${stray}.`)
  if (typeof publicUrl !== 'string' || !URL.canParse(publicUrl)) {
    throw new TypeError(`publicUrl must be the absolute URL of the mounted server, ${example}.`)
  }
  const url = new URL(publicUrl)
  const isLocal = url.protocol === 'http:' && LOOPBACK.has(url.hostname)
  if (url.protocol !== 'https:' && !isLocal) {
    throw new TypeError(
      `publicUrl is ${url.protocol}//${url.host}${url.pathname}; it must be https, or anybody on the way could read deliveries.`,
    )
  }
  if (url.search || url.hash || url.username || url.password) {
    throw new TypeError(
      `publicUrl is ${url.origin}${url.pathname} with a query, a fragment or credentials; leave them out, ${example}.`,
    )
  }
  return `${url.href}?action=process`
}
