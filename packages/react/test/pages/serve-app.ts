import { createFakeTaskServer, type FakeTaskServer } from '@brandkit/server-adapter/testing/fake-server'
import { source } from '@brandkit/tooling/vitest'
import react from '@vitejs/plugin-react'
import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { build } from 'vite'

export interface ServedApp {
  url: string
  /** Only tests move its tasks. */
  server: FakeTaskServer
  /** All requests so far, as `a GET status`; `a` is the tab. */
  requests: string[]
  /** The network between page and server. */
  network: {
    /** The event stream answers 404. */
    isStreamBlocked: boolean
    /** The bearer token that requests must carry, if any. */
    token: string | undefined
    /** The token from `/renew`; `undefined` means that no user is signed in. */
    renewal: string | undefined
    /** Loses the answer to the next create after the server has accepted the task. */
    losesNextReply: boolean
    /** Ends every connection to the task server without an answer; the page itself is served. */
    isCut: boolean
    /** Holds the replies to creates until the returned function is called. */
    holdReplies(): () => void
    /** Stops all bytes of the open streams without closing them, as a computer does that has slept. */
    silenceStreams(): void
  }
  close(): Promise<void>
}

/** Serves the page beside a fake task server over real HTTP. */
export async function serveApp(): Promise<ServedApp> {
  const files = await (bundled ??= bundle())
  const server = createFakeTaskServer({ scenario: null, pollAfterMs: 100 })
  const requests: string[] = []
  const streams = new Set<Readable>()
  let held: Promise<void> | undefined
  const network: ServedApp['network'] = {
    isStreamBlocked: false,
    token: undefined,
    renewal: undefined,
    losesNextReply: false,
    isCut: false,
    holdReplies: () => {
      const { promise, resolve } = Promise.withResolvers<void>()
      held = promise
      return resolve
    },
    silenceStreams: () => {
      for (const stream of streams) stream.unpipe()
    },
  }

  async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(incoming.url ?? '/', 'http://localhost')
    if (pathname === '/renew') {
      outgoing.writeHead(network.renewal === undefined ? 401 : 200).end(network.renewal)
      return
    }
    if (pathname !== '/api/jobs') {
      const file = files.get(pathname === '/' ? '/app.html' : pathname)
      outgoing.writeHead(file ? 200 : 404, { 'content-type': typeOf(pathname) }).end(file)
      return
    }
    if (network.isCut) {
      outgoing.destroy()
      return
    }
    const action = searchParams.get('action')
    requests.push(`${String(incoming.headers['x-tab'])} ${incoming.method} ${action}`)
    if (network.token !== undefined && incoming.headers.authorization !== `Bearer ${network.token}`) {
      outgoing.writeHead(401, { 'content-type': 'application/problem+json' })
      outgoing.end(JSON.stringify({ code: 'unauthenticated', detail: 'Sign in.', status: 401 }))
      return
    }
    if (action === 'events' && network.isStreamBlocked) {
      outgoing.writeHead(404).end()
      return
    }
    const response = await server.fetch(await toRequest(incoming, outgoing))
    if (action === 'create') await held
    if (action === 'create' && network.losesNextReply) {
      network.losesNextReply = false
      // Sends one byte before the connection breaks, because browsers repeat requests that got no bytes.
      outgoing.writeHead(response.status, { 'content-type': 'application/json', 'content-length': 1_000 })
      outgoing.write('{', () => outgoing.destroy())
      return
    }
    outgoing.writeHead(response.status, Object.fromEntries(response.headers))
    if (!response.body) {
      outgoing.end()
      return
    }
    outgoing.flushHeaders()
    const stream = Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0])
    if (action === 'events') streams.add(stream)
    stream.on('error', () => outgoing.destroy()).pipe(outgoing)
  }

  const http = createServer((incoming, outgoing) => {
    answer(incoming, outgoing).catch(() => outgoing.destroy())
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  return {
    // Web Locks need a secure page, and `localhost` counts as secure.
    url: `http://localhost:${(http.address() as AddressInfo).port}`,
    server,
    requests,
    network,
    close: () =>
      new Promise((resolve) => {
        http.closeAllConnections()
        http.close(() => resolve())
      }),
  }
}

async function toRequest(incoming: IncomingMessage, outgoing: ServerResponse): Promise<Request> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  const gone = new AbortController()
  outgoing.on('close', () => gone.abort())
  const { method = 'GET', headers, url = '/' } = incoming
  const body = method === 'GET' ? {} : { body: Buffer.concat(chunks) }
  return new Request(new URL(url, 'http://localhost'), {
    method,
    headers: headers as Record<string, string>,
    signal: gone.signal,
    ...body,
  })
}

let bundled: ReturnType<typeof bundle> | undefined

/** The page's files by their path. */
async function bundle(): Promise<Map<string, string | Uint8Array>> {
  const result = await build({
    ...source,
    configFile: false,
    logLevel: 'error',
    plugins: [react()],
    define: { 'process.env.NODE_ENV': '"development"' },
    build: {
      write: false,
      minify: true,
      rolldownOptions: {
        input: join(import.meta.dirname, 'app.tsx'),
        output: { entryFileNames: 'app.js', assetFileNames: 'app[extname]' },
      },
    },
  })
  const outputs = [result].flat().flatMap((each) => ('output' in each ? each.output : []))
  const files = outputs.map((file) => [`/${file.fileName}`, file.type === 'chunk' ? file.code : file.source] as const)
  const html = await readFile(join(import.meta.dirname, 'app.html'), 'utf8')
  return new Map([...files, ['/app.html', html]])
}

function typeOf(pathname: string): string {
  if (pathname.endsWith('.js')) return 'text/javascript'
  return pathname.endsWith('.css') ? 'text/css' : 'text/html; charset=utf-8'
}
