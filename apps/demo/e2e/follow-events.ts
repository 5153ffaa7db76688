import { once } from 'node:events'

export interface Followed {
  /** What has come so far. */
  text(): string
  /** Resolves when the server has ended it. */
  ended: Promise<unknown>
}

export interface FollowedStream extends Followed {
  headers: Headers
}

/** The events of tasks as a browser's page gets them: over HTTP, with the session's cookie. */
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

/** The same as a WebSocket; rejects when the server does not open one. */
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
