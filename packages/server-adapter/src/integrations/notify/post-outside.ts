import { describeError, FatalTaskError, RetryableTaskError } from '@brandkit/core'
import { lookup as lookupAddress } from 'node:dns'
import { request as requestHttp, type IncomingMessage } from 'node:http'
import { request as requestHttps } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { isPublicAddress } from './public-address.js'

/** `public`: https to addresses of the public internet. `any`: also http, this machine and private networks. */
export type OutsideNetwork = 'public' | 'any'

interface PostOptions {
  headers: Readonly<Record<string, string>>
  body: string | Uint8Array
  network: OutsideNetwork
  signal: AbortSignal
  /** How names are resolved. Default: by the system. */
  lookup?: LookupFunction | undefined
}

/** What the receiver may send back, in bytes. Nobody reads it. */
const MOST_BYTES = 64 * 1024

/**
 * Posts to an address that a user may have written. The address behind a name is checked as part of connecting, so that the name
 * cannot change its address after the check. Redirects are not followed, and no connection is kept or shared.
 *
 * @returns the status of a receiver that took the message (2xx), or 404 or 410 of a receiver that is gone
 * @throws FatalTaskError for an address that is refused; RetryableTaskError with the pause that the receiver asks for; Error for
 *   any other failure
 */
export async function postOutside(address: string, options: PostOptions): Promise<number> {
  const url = assertOutside(address, options.network)
  const response = await send(url, options)
  const status = response.statusCode ?? 0
  await drain(response)
  if ((status >= 200 && status < 300) || status === 404 || status === 410) return status
  const message = `${url.host} answered ${status}.`
  const retryAfter = response.headers['retry-after']
  if (retryAfter !== undefined) throw new RetryableTaskError(message, { retryAfter })
  throw new Error(message)
}

/** @throws FatalTaskError for an address that is refused before any connection */
export function assertOutside(address: string, network: OutsideNetwork): URL {
  const url = URL.parse(address)
  if (url?.protocol !== 'https:' && !(network === 'any' && url?.protocol === 'http:'))
    throw new FatalTaskError('The address of a receiver must be a URL with https.')
  const literal = url.hostname.replaceAll(/^\[|\]$/g, '')
  if (network === 'public' && isIP(literal) !== 0 && !isPublicAddress(literal)) throw refusal(url.hostname)
  return url
}

function send(url: URL, { headers, body, network, signal, lookup = lookupAddress }: PostOptions) {
  const request = url.protocol === 'https:' ? requestHttps : requestHttp
  return new Promise<IncomingMessage>((resolve, reject) => {
    const sent = request(
      url,
      {
        method: 'POST',
        // A connection that other code has opened was not checked.
        agent: false,
        headers: { ...headers, 'content-length': Buffer.byteLength(body) },
        signal,
        ...(network === 'public' ? { lookup: lookupPublic(lookup) } : { lookup }),
      },
      resolve,
    )
    sent.once('error', (error) => {
      reject(
        error instanceof FatalTaskError ? error : new Error(`${url.host}: ${describeError(error)}`, { cause: error }),
      )
    })
    sent.end(body)
  })
}

/** Resolves a name for the socket, and refuses it when any of its addresses is private. */
function lookupPublic(lookup: LookupFunction): LookupFunction {
  return (hostname, options, done) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      const addresses = typeof found === 'string' ? [{ address: found, family: isIP(found) }] : (found ?? [])
      const [first] = addresses
      if (error || !first) return done(error ?? new Error(`${hostname} has no address.`), '', 4)
      if (!addresses.every(({ address }) => isPublicAddress(address))) return done(refusal(hostname), '', 4)
      return options.all ? done(null, addresses) : done(null, first.address, first.family)
    })
  }
}

function refusal(host: string): FatalTaskError {
  return new FatalTaskError(`${host} is no address of the public internet. Write network: 'any' to allow it.`)
}

/** Reads the answer to its end, so that the receiver sees no broken connection. */
async function drain(response: IncomingMessage): Promise<void> {
  let bytes = 0
  response.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes > MOST_BYTES) response.destroy()
  })
  response.on('error', () => {})
  await new Promise((resolve) => response.once('close', resolve))
}
