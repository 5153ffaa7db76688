import { definePublicAction } from '../define-action.js'
import { isNamedBy } from '../entity-tag.js'

/**
 * `GET /api/jobs?action=openapi` describes the protocol and the catalog's types. It needs nobody and no store: it holds
 * what the types of the browser bundle say as well, and no data.
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
    // Anybody may keep it, and asks each time whether it is still the one.
    const own = { etag, 'cache-control': 'no-cache' }
    if (isNamedBy(headers.get('if-none-match'), etag)) return { status: 304, headers: own, body: null }
    return { headers: own, body: text }
  },
)
