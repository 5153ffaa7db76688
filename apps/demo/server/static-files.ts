import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { StartError } from './start-error.ts'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.map': 'application/json',
  '.txt': 'text/plain; charset=utf-8',
  '.woff2': 'font/woff2',
}

const SECURITY_HEADERS = {
  'content-security-policy':
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
}

/**
 * Serves a built web app from memory. Only what was in the folder at start has a name, so no path can climb out of it.
 * Names that look like a page (no dot) get index.html, since the app routes by itself.
 *
 * @throws StartError when the folder holds no app.
 */
export function createStaticFiles(folder: string): (request: Request) => Response {
  if (!existsSync(path.join(folder, 'index.html'))) {
    throw new StartError(
      'The web app has not been built; run `npm start` in the repository, or `pnpm run build` first.',
    )
  }
  const files = new Map<string, StaticFile>(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => {
        const file = path.join(entry.parentPath, entry.name)
        return [`/${path.relative(folder, file).split(path.sep).join('/')}`, readFile(file)] as const
      }),
  )

  return (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return new Response('Only GET and HEAD.\n', { status: 405, headers: { ...SECURITY_HEADERS, allow: 'GET, HEAD' } })
    }
    const name = new URL(request.url).pathname
    const isPage = !path.posix.basename(name).includes('.')
    const file = files.get(name) ?? (isPage ? files.get('/index.html') : undefined)
    if (!file)
      return new Response('Not found.\n', {
        status: 404,
        headers: { ...SECURITY_HEADERS, 'content-type': TYPES['.txt'] ?? '' },
      })

    const headers = {
      ...SECURITY_HEADERS,
      'content-type': file.type,
      etag: file.etag,
      'content-length': String(file.body.byteLength),
      // Vite puts a hash of the content into every name under assets/.
      'cache-control': name.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
    }
    if (request.headers.get('if-none-match') === file.etag) {
      const { 'content-length': _length, ...kept } = headers
      return new Response(null, { status: 304, headers: kept })
    }
    return new Response(request.method === 'HEAD' ? null : file.body, { headers })
  }
}

interface StaticFile {
  body: Uint8Array<ArrayBuffer>
  type: string
  etag: string
}

function readFile(file: string): StaticFile {
  const body = new Uint8Array(readFileSync(file))
  return {
    body,
    type: TYPES[path.extname(file)] ?? 'application/octet-stream',
    // Weak, since the same file may be sent packed.
    etag: `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
  }
}
