import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { createStaticFiles } from './static-files.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'brandkit-static-'))
const dist = path.join(folder, 'dist')
mkdirSync(path.join(dist, 'assets'), { recursive: true })
writeFileSync(path.join(folder, 'secret.txt'), 'secret')
writeFileSync(path.join(dist, 'index.html'), '<title>app</title>')
writeFileSync(path.join(dist, 'assets', 'app-1234.js'), 'run()')

const files = createStaticFiles(dist)
const get = (name: string, init: RequestInit = {}) => files(new Request(`http://localhost${name}`, init))

describe('static files', () => {
  it('are the app at every page, never cached without asking', async () => {
    for (const page of ['/', '/media-plan', '/media-plan/0198']) {
      const response = get(page)
      expect(response.headers.get('cache-control')).toBe('no-cache')
      expect(await response.text()).toBe('<title>app</title>')
    }
  })

  it('keep assets for good', () => {
    const response = get('/assets/app-1234.js')
    expect(response.headers.get('content-type')).toMatch(/javascript/)
    expect(response.headers.get('cache-control')).toMatch(/immutable/)
  })

  it('refuse to be sniffed, framed or scripted from elsewhere', () => {
    const { headers } = get('/')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('content-security-policy')).toMatch(/default-src 'self'.*frame-ancestors 'none'/)
  })

  it.each(['/../secret.txt', '/%2e%2e/secret.txt', '/..%2fsecret.txt', '/assets/..%5c..%5csecret.txt', '//secret.txt'])(
    'never leave their folder: %s',
    async (name) => {
      expect(await get(name).text()).not.toContain('secret')
    },
  )

  it('answer 304 to whoever has the file, and 404 for files that are not there', () => {
    const etag = get('/').headers.get('etag') ?? ''
    expect(get('/', { headers: { 'if-none-match': etag } }).status).toBe(304)
    expect(get('/assets/app-0000.js').status).toBe(404)
    expect(get('/', { method: 'POST' }).status).toBe(405)
  })

  it('say what to do when there is no app', () => {
    expect(() => createStaticFiles(folder)).toThrow(/has not been built/)
  })
})
