import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import type { OpenapiDocument } from '../../src/http/openapi/create-openapi-document.js'
import { closeSchema } from './close-schema.js'

/** An answer whose body has been read. */
interface ReadResponse {
  status: number
  headers: Headers
  /** Empty without a body, and for streams. */
  text: string
}

/** Compares answers with an OpenAPI document. Each method returns the differences, in words. */
export interface ResponseCheck {
  response(request: Request, response: ReadResponse): string[]
  /** One event of a stream: `event` and `data`. */
  event(request: Request, event: { event: string; data: unknown }): string[]
}

interface Operation {
  responses: Record<string, { headers: Record<string, Header>; content?: Record<string, object> }>
}
type Header = { required?: boolean; $ref?: string }

/** OpenAPI describes the content type elsewhere, and the length only measures the body. */
const OF_EVERY_BODY = new Set(['content-type', 'content-length'])

const ID = 'https://openapi.test/document'

export function createResponseCheck(document: OpenapiDocument): ResponseCheck {
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateSchema: false })
  // The package's types describe the CommonJS default export.
  ;(addFormats as unknown as (into: Ajv2020) => void)(ajv)
  const { components, paths } = document
  const schemas = Object.fromEntries(
    Object.entries(components.schemas).map(([name, schema]) => [name, closeSchema(schema)]),
  )
  ajv.addSchema({ ...document, components: { ...components, schemas }, $id: ID })
  const [url = ''] = Object.keys(paths)

  function validate(pointer: readonly string[], value: unknown): string[] {
    const fragment = pointer
      .map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')))
      .join('/')
    const reference = `${ID}#/${fragment}`
    const check = ajv.getSchema(reference) ?? ajv.compile({ $ref: reference })
    return check(value) === true ? [] : describe(check.errors ?? [])
  }

  /** The place in the document that describes the request: the action itself, or the method of an unknown action. */
  function operationOf(request: Request): { pointer: string[]; operation: Operation } {
    const action = new URL(request.url).searchParams.get('action') ?? ''
    const own = Object.hasOwn(components.pathItems, action) ? (components.pathItems[action] as object) : undefined
    if (own && request.method !== 'OPTIONS') {
      const [method = ''] = Object.keys(own)
      return {
        pointer: ['components', 'pathItems', action, method],
        operation: (own as Record<string, Operation>)[method] as Operation,
      }
    }
    const method = { POST: 'post', OPTIONS: 'options' }[request.method] ?? 'get'
    return {
      pointer: ['paths', url, method],
      operation: (paths[url] as Record<string, Operation>)[method] as Operation,
    }
  }

  function headersOf({ headers }: ReadResponse, documented: Record<string, Header>, pointer: string[]): string[] {
    const names = new Map(Object.keys(documented).map((name) => [name.toLowerCase(), name]))
    const sent = [...headers].filter(([name]) => !OF_EVERY_BODY.has(name))
    const missing = Object.entries(documented).filter(
      ([name, header]) => resolve(header).required === true && !headers.has(name),
    )
    return [
      ...missing.map(([name]) => `the header ${name} is missing`),
      ...sent.flatMap(([name, value]) => {
        const known = names.get(name)
        if (known === undefined) return [`the header ${name} is not documented`]
        const reference = documented[known]?.$ref
        const at = reference === undefined ? [...pointer, 'headers', known] : reference.slice(2).split('/')
        return validate([...at, 'schema'], value).map((issue) => `header ${name}: ${issue}`)
      }),
    ]
  }

  function resolve(header: Header): Header {
    const name = header.$ref?.split('/').at(-1)
    return name === undefined ? header : (components.headers[name] as Header)
  }

  function bodyOf(
    { method }: Request,
    { headers, text }: ReadResponse,
    content: Record<string, object>,
    pointer: string[],
  ): string[] {
    const mediaType = headers.get('content-type')?.split(';')[0]?.trim()
    if (mediaType === undefined) return Object.keys(content).length > 0 ? ['the content type is missing'] : []
    if (!Object.hasOwn(content, mediaType)) return [`the content type ${mediaType} is not documented`]
    if (mediaType === 'text/event-stream') return []
    if (text === '' && method === 'HEAD') return []
    return validate([...pointer, 'content', mediaType, 'schema'], JSON.parse(text))
  }

  return {
    response(request, response) {
      const { pointer, operation } = operationOf(request)
      const status = String(response.status)
      const documented = operation.responses[status]
      if (!documented) return [`the status ${status} is not documented: ${response.text.slice(0, 300)}`]
      const at = [...pointer, 'responses', status]
      return [
        ...headersOf(response, documented.headers, at),
        ...bodyOf(request, response, documented.content ?? {}, at).map(
          (issue) => `${issue} in ${response.text.slice(0, 300)}`,
        ),
      ]
    },
    event(request, event) {
      const { pointer } = operationOf(request)
      return validate([...pointer, 'responses', '200', 'content', 'text/event-stream', 'x-item-schema'], event)
    },
  }
}

function describe(errors: readonly ErrorObject[]): string[] {
  return errors
    .slice(0, 3)
    .map(({ instancePath, message, params }) => `${instancePath || 'it'} ${message} (${JSON.stringify(params)})`)
}
