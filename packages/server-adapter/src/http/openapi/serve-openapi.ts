import { hashText } from '../../platform.js'
import type { ServedOpenapi } from '../define-action.js'
import { createOpenapiDocument, type OpenapiOptions } from './create-openapi-document.js'

/** Gives the document of one server. Makes it at the first request, because that is slow and most servers never need it. */
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
