import { once } from 'node:events'

export interface Followed {
  /** The text received so far. */
  text(): string
  /** Resolves when the server has ended the stream. */
  ended: Promise<unknown>
}

export interface FollowedStream extends Followed {
  headers: Headers
}

/** Follows task events over HTTP with the session's cookie, as a browser's page does. */
export async function followEvents(url: string, cookie: string): Promise<FollowedStream> {
  const response = await fetch(`${url}/api/jobs?action=events`, {
    headers: { cookie, 'accept-encoding': 'gzip, deflate, br, zstd' },
  })
  let text = ''
  const decoder = new TextDecoder()
  const ended = (async () => {
    for await (const chunk of response.body ?? []) text += decoder.decode(chunk, { stream: true })
  })()
  return { headers: response.headers, text: () => text, ended }
}

/** Follows task events over a WebSocket; rejects when the server refuses the connection. */
export async function followSocket(url: string, { path, cookie }: { path: string; cookie: string }): Promise<Followed> {
  const socket = new WebSocket(new URL(path, url.replace('http', 'ws')), { headers: { cookie } })
  let text = ''
  socket.addEventListener('message', ({ data }) => {
    text += `${data}\n`
  })
  const ended = once(socket, 'close')
  const opened = Promise.withResolvers<void>()
  socket.addEventListener('open', () => opened.resolve())
  socket.addEventListener('error', () => opened.reject(new Error(`No WebSocket at ${path}.`)))
  await opened.promise
  return { text: () => text, ended }
}
