import { existsSync } from 'node:fs'
import path from 'node:path'
import { staticMiddleware } from 'srvx/static'
import { StartError } from './start-error.ts'

const SECURITY_HEADERS = {
  'content-security-policy':
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
}

/**
 * Serves a built web app. Names that look like a page (without a dot) get index.html, because the app routes by itself.
 *
 * @throws StartError when the folder holds no app
 */
export function createStaticFiles(folder: string): (request: Request) => Promise<Response> {
  if (!existsSync(path.join(folder, 'index.html'))) {
    throw new StartError(
      'The web app has not been built; run `npm start` in the repository, or `pnpm run build` first.',
    )
  }
  // `toNode` compresses the answer.
  const files = staticMiddleware({ dir: folder, compress: false })
  const serve = async (request: Request, otherwise: () => Response | Promise<Response>) => files(request, otherwise)

  return async (request) => {
    const { pathname, origin } = new URL(request.url)
    const isAsset = pathname.startsWith('/assets/')
    const isPage = !isAsset && !path.posix.basename(pathname).includes('.')
    const response = await serve(request, () => {
      if (!['GET', 'HEAD'].includes(request.method))
        return new Response('Only GET and HEAD.\n', { status: 405, headers: { allow: 'GET, HEAD' } })
      return isPage ? serve(new Request(origin, request), notFound) : notFound()
    })
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.headers.set(name, value)
    // Vite puts a hash of the content into every name under assets/.
    const isForGood = isAsset && response.status < 400
    response.headers.set('cache-control', isForGood ? 'public, max-age=31536000, immutable' : 'no-cache')
    return response
  }
}

function notFound(): Response {
  return new Response('Not found.\n', { status: 404 })
}
