import type { IncomingMessage, ServerResponse } from 'node:http'
import { NodeRequest, sendNodeResponse } from 'srvx/node'
import { collectText, unreadableBody } from '../http/collect-text.js'
import type { HttpAnswer, HttpRequest, RequestHeaders } from '../http/http-exchange.js'
import { readWebText, toWeb } from '../http/web-border.js'

/**
 * The border to Node's own request. srvx's request is lazy: it makes headers, URL and signal when they are read, so handing it
 * to `authenticate` costs little.
 */
export function fromNode(request: IncomingMessage, response: ServerResponse): HttpRequest {
  return new NodeHttpRequest(request, new NodeRequest({ req: request, res: response }))
}

/** A class, because every request makes one: its getters and methods are made once. */
class NodeHttpRequest implements HttpRequest {
  readonly method: string
  readonly headers: RequestHeaders
  readonly web: Request
  private readonly request: IncomingMessage
  private parsedQuery: URLSearchParams | undefined

  constructor(request: IncomingMessage, web: Request) {
    this.request = request
    this.web = web
    this.method = web.method
    this.headers = web.headers
  }

  get query(): URLSearchParams {
    return (this.parsedQuery ??= queryOf(this.request, this.web))
  }

  get signal(): AbortSignal {
    return this.web.signal
  }

  readText(maxBytes: number): Promise<string> {
    return isUntouched(this.request) ? readNodeText(this.request, maxBytes) : readWebText(this.web, maxBytes)
  }
}

/** Sends an answer: a text together with its headers, in one write. */
export function sendAnswer(response: ServerResponse, answer: HttpAnswer): Promise<void> | void {
  const { status, headers, body } = answer
  // Event streams keep srvx's way, which writes no faster than the caller reads.
  if (body instanceof ReadableStream) return sendNodeResponse(response, toWeb(answer))
  // The caller has left, or a middleware has answered meanwhile.
  if (response.destroyed || response.headersSent) return
  response.writeHead(status, headers)
  response.end(body ?? undefined)
}

/** The query of a plain address by its text. Whole URLs, fragments and the like are left to the URL parser. */
export function queryOf({ url = '' }: Pick<IncomingMessage, 'url'>, web: Pick<Request, 'url'>): URLSearchParams {
  if (!url.startsWith('/') || url.includes('#')) return new URL(web.url).searchParams
  const at = url.indexOf('?')
  return new URLSearchParams(at < 0 ? '' : url.slice(at + 1))
}

/**
 * Whether the body still waits to be read. A body parser may have read it (srvx then looks for `rawBody`), or `authenticate`
 * may have cloned the web request: then that request has the bytes.
 */
function isUntouched(request: IncomingMessage): boolean {
  return request.readableFlowing === null && !request.readableDidRead && !request.destroyed && !('rawBody' in request)
}

/** Reads the body by the events of Node's stream. @throws TaskError as `collectText` does */
function readNodeText(request: IncomingMessage, maxBytes: number): Promise<string> {
  const text = collectText(maxBytes)
  return new Promise((resolve, reject) => {
    // Read to its end, or refused.
    let isOver = false
    const refuse = (error: unknown) => {
      isOver = true
      reject(unreadableBody(error))
    }
    request.on('data', (piece: Buffer) => {
      // The rest of a refused body is thrown away. A paused socket would never tell that its caller has left.
      if (isOver) return
      try {
        text.add(piece)
      } catch (error) {
        refuse(error)
      }
    })
    request.on('end', () => {
      if (isOver) return
      try {
        resolve(text.end())
        isOver = true
      } catch (error) {
        refuse(error)
      }
    })
    request.on('error', refuse)
    request.on('close', () => {
      // Every request closes in the end; only a body that still waits makes this an error.
      if (!isOver) refuse(new Error('The caller has left.'))
    })
  })
}
