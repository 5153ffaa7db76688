import { toNode } from '@brandkit/server-adapter/node'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { type IncomingMessage, request as begin, type RequestOptions } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { brotliDecompressSync } from 'node:zlib'
import { describe, expect, it, onTestFinished } from 'vitest'
import { addressOf, createStaticFiles, DEFAULT_HOST, listen } from './listen.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'brandkit-static-'))
const dist = path.join(folder, 'dist')
mkdirSync(path.join(dist, 'assets'), { recursive: true })
writeFileSync(path.join(folder, 'secret.txt'), 'secret')
writeFileSync(path.join(dist, 'index.html'), '<title>app</title>')
writeFileSync(path.join(dist, 'assets', 'app-1234.js'), 'run()')

/** Reads over plain HTTP, because `fetch` unpacks the body. */
async function readRaw(address: string, options: RequestOptions) {
  const sent = begin(address, options).end()
  const [response] = (await once(sent, 'response')) as [IncomingMessage]
  const pieces: Buffer[] = []
  for await (const piece of response) pieces.push(piece as Buffer)
  return { headers: response.headers, rawBytes: Buffer.concat(pieces) }
}

const files = createStaticFiles(dist)

/** Reads the body to its end, which closes the file. */
async function get(name: string, init: RequestInit = {}) {
  const response = await files(new Request(`http://localhost${name}`, init))
  const { status, headers } = response
  return { status, headers, text: await response.text() }
}

describe('static files', () => {
  it('are the app at every page, never cached without asking', async () => {
    for (const page of ['/', '/media-plan', '/media-plan/0198']) {
      const response = await get(page)
      expect(response.headers.get('cache-control')).toBe('no-cache')
      expect(response.text).toBe('<title>app</title>')
    }
  })

  it('keep assets for good', async () => {
    const response = await get('/assets/app-1234.js')
    expect(response.headers.get('content-type')).toMatch(/javascript/)
    expect(response.headers.get('cache-control')).toMatch(/immutable/)
  })

  it('are no page under /assets/, because a browser would keep it for good', async () => {
    const { status, headers } = await get('/assets/nothing')
    expect([status, headers.get('cache-control')]).toEqual([404, 'no-cache'])
  })

  it('refuse to be sniffed, framed or scripted from elsewhere', async () => {
    const { headers } = await get('/')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('content-security-policy')).toMatch(/default-src 'self'.*frame-ancestors 'none'/)
  })

  it.each(['/../secret.txt', '/%2e%2e/secret.txt', '/..%2fsecret.txt', '/assets/..%5c..%5csecret.txt', '//secret.txt'])(
    'never leave their folder: %s',
    async (name) => {
      expect((await get(name)).text).not.toContain('secret')
    },
  )

  it('go out packed: a third of the bytes, and none to HEAD', async () => {
    const script = 'export const run = () => document.body.append("again and again");\n'.repeat(500)
    writeFileSync(path.join(dist, 'assets', 'large-1234.js'), script)
    const server = await listen(toNode({ handler: async (request) => createStaticFiles(dist)(request) }), {
      port: 0,
      host: DEFAULT_HOST,
    })
    onTestFinished(() => void server.close())
    const address = `${addressOf(server, DEFAULT_HOST)}/assets/large-1234.js`
    const accepting = { headers: { 'accept-encoding': 'br' } }
    const { headers, rawBytes } = await readRaw(address, accepting)
    expect(headers).toMatchObject({ 'content-encoding': 'br', vary: 'Accept-Encoding' })
    expect(headers.etag).toMatch(/^W\/"/)
    expect(rawBytes.length).toBeLessThan(script.length / 3)
    expect(brotliDecompressSync(rawBytes).toString()).toBe(script)
    expect((await readRaw(address, { ...accepting, method: 'HEAD' })).rawBytes).toHaveLength(0)
  })

  it('answer 304 to whoever has the file, and 404 for files that are not there', async () => {
    const { headers } = await get('/')
    const etag = headers.get('etag') ?? ''
    expect((await get('/', { headers: { 'if-none-match': etag } })).status).toBe(304)
    const missing = await get('/assets/app-0000.js')
    expect(missing.status).toBe(404)
    expect(missing.headers.get('cache-control')).toBe('no-cache')
    expect((await get('/', { method: 'POST' })).status).toBe(405)
  })

  it('say what to do when there is no app', () => {
    expect(() => createStaticFiles(folder)).toThrow(/has not been built/)
  })
})
