import { definePublicAction } from '../define-action.js'
import { isNamedBy } from '../entity-tag.js'

/**
 * `GET /api/jobs?action=openapi` describes the protocol and the catalog's types. Needs neither a signed-in caller nor the
 * store: the document holds no data, only what the browser bundle's types also tell.
 */
export const getOpenapi = definePublicAction(
  'openapi',
  {
    id: 'getOpenapi',
    summary: 'Read this document',
    description: 'Needs nobody to be signed in: it describes the task types and holds no data of anybody.',
    headers: ['If-None-Match'],
    replies: {
      200: { description: 'This document.', headers: ['ETag'] },
      304: { description: 'It is the one that `If-None-Match` names.', headers: ['ETag'] },
    },
    errors: [],
  },
  async ({ openapi, headers }) => {
    const { text, etag } = openapi()
    // Any cache may keep the document, but must check its entity tag before each use.
    const own = { etag, 'cache-control': 'no-cache' }
    if (isNamedBy(headers.get('if-none-match'), etag)) return { status: 304, headers: own, body: null }
    return { headers: own, body: text }
  },
)
