import { TaskError } from '@brandkit/core'
import type { HttpRequest } from './http-exchange.js'

/**
 * Refuses a mutation that another site makes a browser send with the user's cookie. Browsers name the source of a request
 * (`Sec-Fetch-Site` of Fetch Metadata; older browsers `Origin`). Other clients send neither header, and have no cookies.
 *
 * @throws TaskError `cross_site_request`
 */
export function checkOrigin({ headers }: Pick<HttpRequest, 'headers'>, allowedOrigins: readonly string[]): void {
  const origin = headers.get('origin')
  if (origin !== null && allowedOrigins.includes(origin)) return

  const site = headers.get('sec-fetch-site')
  if (site === 'same-origin' || site === 'none') return
  if (site === null && (origin === null || isOfHost(origin, headers.get('host')))) return
  throw new TaskError(
    'cross_site_request',
    'This was asked for by another site, so nothing was done. Open the app itself and try again.',
  )
}

/** Whether the origin belongs to the host. The origin of a sandboxed frame is the word `null`, which matches no host. */
function isOfHost(origin: string, host: string | null): boolean {
  return URL.canParse(origin) && new URL(origin).host === host
}
