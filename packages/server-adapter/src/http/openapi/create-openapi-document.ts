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
  /** The task types that are described. */
  catalog: TaskCatalog
  /** The path at which the protocol is mounted. Default `/api/jobs`. */
  url?: string | undefined
  /** How a push queue is told not to repeat a delivery: its `capabilities.refusal`. Default: in no way of its own. */
  refusal?: QueueRefusal | undefined
}

/**
 * Describes the protocol for one catalog. OpenAPI tells operations apart by path and method, and ours differ by
 * `?action=`: so `paths` holds the one `get` and the one `post` that there are, and `components.pathItems` each action by
 * itself.
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

/** Grows when an app that keeps to the document could break. */
const PROTOCOL_VERSION = '1'

const DESCRIPTION =
  `One path; the query parameter \`action\` says what is done. \`paths\` has room for one operation a method only, so each
action is described by itself under \`components.pathItems\`. Where an app mounts the protocol elsewhere, its path takes the place of
\`${DEFAULT_URL}\`. How a caller signs in is the app's choice, so no security scheme is named here. Query parameters that
are not named here are ignored, since gateways add some. Reads answer \`HEAD\` too, except \`events\`: as \`GET\`, without the body. Readers should ignore members that they do not know, since later releases may
add some.`.replaceAll('\n', ' ')
