import { once } from 'node:events'
import {
  Agent,
  type ClientRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request as httpRequest,
} from 'node:http'

export interface ExchangeOptions {
  method?: string
  headers?: Readonly<Record<string, string | readonly string[]>>
  /** Sent one after the other, without a content length. */
  pieces?: readonly (string | Uint8Array)[]
}

export interface Exchanged {
  status: number
  headers: IncomingHttpHeaders
  body: string
}

/** Begins a request on its own connection with `node:http`, because `fetch` hides when bytes leave and arrive. */
export function beginExchange(
  url: string,
  { method = 'GET', headers = {} }: Pick<ExchangeOptions, 'method' | 'headers'> = {},
): { request: ClientRequest; response: Promise<IncomingMessage> } {
  // Kept alive as in browsers. If a server closes the connection after its answer while a body is still arriving, the
  // connection is reset and the answer may be lost (RFC 9112, section 9.6).
  const agent = new Agent({ keepAlive: true })
  const request = httpRequest(url, { method, headers: headers as Record<string, string>, agent })
  const response = once(request, 'response').then(([message]) => message as IncomingMessage)
  // A server may hang up during a body that it refuses. The test only needs an answer before that.
  request.on('error', () => {})
  response.catch(() => {})
  return { request, response }
}

/** One request and its whole answer. */
export async function exchange(url: string, { pieces = [], ...options }: ExchangeOptions = {}): Promise<Exchanged> {
  const { request, response } = beginExchange(url, options)
  for (const piece of pieces) request.write(piece)
  request.end()
  const message = await response
  let body = ''
  message.setEncoding('utf8')
  for await (const piece of message) body += String(piece)
  return { status: message.statusCode ?? 0, headers: message.headers, body }
}
