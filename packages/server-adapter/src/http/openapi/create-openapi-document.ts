import { type Action, ACTIONS, DEFAULT_URL, type TaskCatalog } from '@brandkit/core'
import { toComponentSchemas } from './component-schemas.js'
import { RESPONSE_HEADERS } from '../document-headers.js'
import {
  combineOperations,
  type DocumentedOperation,
  PREFLIGHT,
  type QueueRefusal,
  toOperation,
} from './document-operation.js'
import type { JsonSchema } from '../document-headers.js'

/** An OpenAPI 3.1 document, as JSON. */
export interface OpenapiDocument {
  openapi: '3.1.1'
  info: { title: string; version: string; description: string }
  servers: readonly { url: string; description: string }[]
  paths: Record<string, object>
  components: {
    schemas: Record<string, Readonly<Record<string, unknown>>>
    pathItems: Record<string, object>
    headers: Record<string, object>
  }
}

export interface OpenapiOptions {
  /** The task types to describe. */
  catalog: TaskCatalog
  /** The path at which the protocol is mounted. Default `/api/jobs`. */
  url?: string | undefined
  /** The answer that stops a push queue from repeating a delivery: its `capabilities.refusal`. Default: none. */
  refusal?: QueueRefusal | undefined
}

/**
 * Describes the protocol for one catalog. OpenAPI distinguishes operations by path and method, but ours differ by
 * `?action=`. Therefore `paths` holds one combined `get` and one combined `post`, and `components.pathItems` describes each
 * action.
 *
 * @see https://spec.openapis.org/oas/v3.1.1.html
 */
export function createOpenapiDocument({ catalog, url = DEFAULT_URL, refusal }: OpenapiOptions): OpenapiDocument {
  const actions = (Object.keys(ACTIONS) as Action[]).map((action) => ({
    action,
    method: ACTIONS[action].method === 'GET' ? ('get' as const) : ('post' as const),
    operation: toOperation(action, refusal),
  }))

  function combined(method: 'get' | 'post', id: string, summary: string): DocumentedOperation {
    const some = actions.filter((entry) => entry.method === method)
    return combineOperations({
      id,
      summary,
      actions: some.map(({ action }) => action),
      operations: some.map(({ operation }) => operation),
    })
  }

  return {
    openapi: '3.1.1',
    info: { title: 'BrandKit background tasks', version: PROTOCOL_VERSION, description: DESCRIPTION },
    servers: [{ url: '/', description: 'The origin of the app' }],
    paths: {
      [url]: {
        get: combined('get', 'read', 'Read tasks, as `action` says'),
        post: combined('post', 'change', 'Create and change tasks, as `action` says'),
        options: PREFLIGHT,
      },
    },
    components: {
      schemas: toComponentSchemas(catalog) satisfies Record<string, JsonSchema>,
      pathItems: Object.fromEntries(actions.map(({ action, method, operation }) => [action, { [method]: operation }])),
      headers: RESPONSE_HEADERS,
    },
  }
}

/** The version of the protocol. Raised by changes that could break an app that follows the document. */
const PROTOCOL_VERSION = '1'

const DESCRIPTION =
  `One path; the query parameter \`action\` says what is done. \`paths\` has room for one operation a method only, so each
action is described by itself under \`components.pathItems\`. Where an app mounts the protocol elsewhere, its path takes the place of
\`${DEFAULT_URL}\`. How a caller signs in is the app's choice, so no security scheme is named here. Query parameters that
are not named here are ignored, since gateways add some. Reads answer \`HEAD\` too, except \`events\`: as \`GET\`, without the body. Readers should ignore members that they do not know, since later releases may
add some.`.replaceAll('\n', ' ')
