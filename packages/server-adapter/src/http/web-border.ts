import { collectText, unreadableBody } from './collect-text.js'
import type { HttpAnswer, HttpRequest } from './http-exchange.js'

/** The border to the web's `Request` and `Response`: the public door, which every runtime and framework has. */
export function fromWeb(web: Request): HttpRequest {
  let query: URLSearchParams | undefined
  return {
    web,
    method: web.method,
    headers: web.headers,
    get query() {
      query ??= new URL(web.url).searchParams
      return query
    },
    get signal() {
      return web.signal
    },
    readText: (maxBytes) => readWebText(web, maxBytes),
  }
}

export function toWeb({ body, ...init }: HttpAnswer): Response {
  return new Response(body, init)
}

/** Reads the body of a web `Request` as text. @throws TaskError as `collectText` does */
export async function readWebText(request: Request, maxBytes: number): Promise<string> {
  // Some browsers lack `Request.body` and only give the whole text.
  if (request.body === undefined) return request.text()
  if (request.bodyUsed) throw unreadableBody(new TypeError('The body has been read.'))
  if (!request.body) return ''

  const text = collectText(maxBytes)
  try {
    for await (const piece of request.body) text.add(piece)
  } catch (error) {
    throw unreadableBody(error)
  }
  return text.end()
}
