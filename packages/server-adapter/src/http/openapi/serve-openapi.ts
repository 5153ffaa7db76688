import { hashText } from '../../platform.js'
import { createOpenapiDocument, type OpenapiOptions } from './create-openapi-document.js'

export interface ServedOpenapi {
  /** The document as JSON text. */
  text: string
  /** Weak, since the same document may be sent packed. */
  etag: string
}

/** The document of one server. Made when somebody asks first: most servers are never asked, and it takes a while. */
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
