import { hashText } from '../../platform.js'
import type { ServedOpenapi } from '../define-action.js'
import { createOpenapiDocument, type OpenapiOptions } from './create-openapi-document.js'

/** The document of one server. Made at the first request for it: most servers are never asked, and it takes a while. */
export function serveOpenapi(options: OpenapiOptions): () => ServedOpenapi {
  let served: ServedOpenapi | undefined
  return () => {
    served ??= toServed(JSON.stringify(createOpenapiDocument(options)))
    return served
  }
}

function toServed(text: string): ServedOpenapi {
  return { text, etag: `W/"${hashText(text, 'base64url')}"` }
}
