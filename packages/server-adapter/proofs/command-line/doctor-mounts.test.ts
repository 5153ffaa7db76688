import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createTaskServer } from '../../src/create-task-server.js'
import { toNode } from '../../src/integrations/node.js'
import { devAuth } from '../../src/testing/dev-auth.js'
import { listen } from '../fixtures/listen.js'
import { sampleOptions } from '../fixtures/sample-tasks.js'
import { examine } from './examine.js'

async function mount(options: Parameters<typeof sampleOptions>[1] = {}): Promise<string> {
  const server = createTaskServer(sampleOptions(undefined, options))
  const { origin, close } = await listen(createServer(toNode(server)))
  onTestFinished(async () => {
    await close()
    await server.stop()
  })
  return `${origin}/api/jobs`
}

/** What stands before a mount: a page, a sign-in, or a proxy that drops headers and adds one. */
async function answerFor(request: IncomingMessage, { inner }: { inner: string }): Promise<Response> {
  const { url = '/', method = 'GET', headers } = request
  if (url.startsWith('/page')) return new Response('<p>Hello', { headers: { 'content-type': 'text/html' } })
  if (url.startsWith('/closed')) return new Response(null, { status: 302, headers: { location: '/login?next=secret' } })
  const answer = await fetch(new URL(url, inner), {
    method,
    headers: { origin: headers.origin ?? '', 'content-type': headers['content-type'] ?? '' },
    body: method === 'POST' ? new Uint8Array(await buffer(request)) : null,
  })
  const own = { 'content-type': 'application/json', 'access-control-allow-origin': '*' }
  return new Response(await answer.text(), { status: answer.status, headers: own })
}

async function send(answer: Response, response: ServerResponse): Promise<void> {
  response.writeHead(answer.status, Object.fromEntries(answer.headers))
  response.end(await answer.text())
}

describe('brandkit doctor, of mounts', () => {
  it('asks whether the protocol answers, and whether the origins are what the user says', async () => {
    const url = await mount({ allowedOrigins: ['https://app.example'] })
    const { code, found } = await examine(['--url', url, '--origin', 'https://app.example'])
    expect(found).toMatchObject({
      'mount answers': expect.stringMatching(/^ok: http:\S+\/api\/jobs is ok: store ok, queue ok/),
      'mount sign-in': 'ok: A request without credentials is refused.',
      'mount own origin': expect.stringMatching(/^ok/),
      'mount strangers': 'ok: Pages of other sites are refused.',
      'mount origins': 'ok: Pages of https://app.example are allowed.',
    })
    expect(code).toBe(0)
    const other = await examine(['--url', url, '--origin', 'https://other.example', '--origin', 'https://app.example/'])
    expect(other.code).toBe(1)
    expect(other.stdout).toContain('Pages of https://other.example are refused.')
    expect(other.stdout).toContain('--origin is no origin')
  })

  it('warns of a mount that takes everybody for a user, which --strict counts', async () => {
    const url = await mount({ authenticate: devAuth() })
    const { code, found } = await examine(['--url', url])
    expect(found).toMatchObject({ 'mount sign-in': expect.stringMatching(/^warning: .*devAuth/) })
    expect(code).toBe(0)
    expect((await examine(['--url', url, '--strict'])).code).toBe(1)
  })

  it('tells another page from a mount, and sees what a proxy does to headers', async () => {
    const inner = await mount()
    const { origin, close } = await listen(
      createServer((request, response) => {
        void answerFor(request, { inner }).then((answer) => send(answer, response))
      }),
    )
    onTestFinished(close)
    const { found } = await examine(['--url', `${origin}/api/jobs`])
    expect(found).toMatchObject({
      'mount own origin': expect.stringMatching(/^failed: .*a proxy rewrites the header Host/),
      'mount strangers': expect.stringMatching(/^failed: .*adds access-control-allow-origin: \*/),
    })
    const { stdout } = await examine(['--url', `${origin}/page`, '--url', `${origin}/closed`])
    expect(stdout).toContain(`Something else answers at ${origin}/page: HTTP 200 with text/html.`)
    expect(stdout).toContain(`HTTP 302, which leads to ${origin}/login.`)
  })
})
