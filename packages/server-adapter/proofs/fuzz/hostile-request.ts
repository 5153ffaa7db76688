import { type Action, ACTIONS } from '@brandkit/core'
import * as fc from 'fast-check'
import type { OpenapiDocument } from '../../src/http/openapi/create-openapi-document.js'
import { headerText, hostileText } from './hostile-values.js'
import { mutated } from './mutate.js'
import { toArbitrary } from './schema-arbitrary.js'

/** A request before the ids are known: `known-task-3` stands for the fourth existing task. */
export interface HostileRequest {
  user: string | null
  method: string
  /** Without the question mark. */
  query: string
  headers: Record<string, string>
  /** JSON or other text; bytes if it is not text. */
  body: string | Uint8Array<ArrayBuffer> | null
}

interface Documented {
  parameters: { name: string; in: string; schema: object }[]
  requestBody?: { content: { 'application/json': { schema: object } } }
}

/** Requests made from a server's document. Most are nearly valid, since those get furthest; some are hopeless. */
export function hostileRequests(
  { components }: OpenapiDocument,
  { users }: { users: readonly string[] },
): fc.Arbitrary<HostileRequest> {
  const properties = {
    taskId: fc.oneof({ weight: 4, arbitrary: known('task') }, hostileText),
    taskIds: fc.array(fc.oneof(known('task'), hostileText), { maxLength: 5 }),
    batchId: fc.oneof({ weight: 3, arbitrary: known('batch') }, hostileText),
    brandId: fc.oneof({ weight: 5, arbitrary: fc.constant('aurora') }, hostileText),
  }
  const queryValues: Record<string, fc.Arbitrary<unknown>> = {
    ...properties,
    taskIds: properties.taskIds.map((ids) => ids.join(',')),
    status: fc.constantFrom('queued', 'completed,failed', 'paused', ''),
    // A valid long wait would look like a hang.
    wait: fc.constantFrom('0', '0.01', '-1', '26', 'NaN', ''),
  }
  const schemas = { components: components.schemas, properties }

  const requestOf = (action: Action): fc.Arbitrary<HostileRequest> => {
    const { method } = ACTIONS[action]
    const operation = (components.pathItems[action] as Record<string, Documented>)[method.toLowerCase()] as Documented
    const schema = operation.requestBody?.content['application/json'].schema
    const body = schema ? bodies(toArbitrary(schema as never, schemas)) : fc.constant(null)
    const parameters = operation.parameters.filter(({ name, in: place }) => place === 'query' && name !== 'action')
    return fc.record({
      user: fc.constantFrom(...users, ...users, null),
      method: mostly(
        fc.constant(method),
        fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'X'),
      ),
      query: queries(
        action,
        parameters,
        (parameter) => queryValues[parameter.name] ?? toArbitrary(parameter.schema as never, schemas),
      ),
      headers: headers(),
      body,
    })
  }
  return fc.constantFrom(...(Object.keys(ACTIONS) as Action[])).chain(requestOf)
}

function known(kind: 'task' | 'batch'): fc.Arbitrary<string> {
  return fc.nat(500).map((index) => `known-${kind}-${index}`)
}

function mostly<T>(right: fc.Arbitrary<T>, wrong: fc.Arbitrary<T>): fc.Arbitrary<T> {
  return fc.oneof({ weight: 9, arbitrary: right }, { weight: 1, arbitrary: wrong })
}

function bodies(values: fc.Arbitrary<unknown>): fc.Arbitrary<HostileRequest['body']> {
  const right = values.map((value) => JSON.stringify(value))
  return fc.oneof(
    { weight: 5, arbitrary: right },
    { weight: 5, arbitrary: mutated(values).map((value) => JSON.stringify(value)) },
    {
      weight: 1,
      arbitrary: fc.oneof(
        hostileText,
        right.map((text) => text.slice(0, -1)),
        right.map((text) => `\uFEFF${text}`),
      ),
    },
    // The same key twice: parsers differ in which value they keep.
    { weight: 1, arbitrary: right.map((text) => text.replace('{', '{"taskId":"a","userId":"mallory",')) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 20 }).map((bytes) => Uint8Array.from(bytes)) },
    { weight: 1, arbitrary: fc.constantFrom(`{"payload":${'['.repeat(10_000)}${']'.repeat(10_000)}}`, null) },
  )
}

function queries(
  action: Action,
  parameters: Documented['parameters'],
  valueOf: (parameter: Documented['parameters'][number]) => fc.Arbitrary<unknown>,
): fc.Arbitrary<string> {
  const values = parameters.map((parameter) =>
    fc.oneof(
      { weight: 10, arbitrary: fc.constant(undefined) },
      { weight: 5, arbitrary: valueOf(parameter) },
      { weight: 1, arbitrary: hostileText },
    ),
  )
  const extra = fc.array(fc.tuple(fc.oneof(hostileText, fc.constantFrom('action', 'taskId', 'userId')), hostileText), {
    maxLength: 2,
  })
  return fc
    .tuple(
      mostly(fc.constant<string>(action), hostileText),
      fc.tuple(...values),
      mostly(fc.constant<[string, string][]>([]), extra),
      fc.constantFrom('', '', '', '&%zz', '&taskId=%00', '#a'),
    )
    .map(([name, given, more, tail]) => {
      const query = new URLSearchParams({ action: name })
      for (const [index, value] of given.entries()) {
        if (value !== undefined)
          query.append(parameters[index]?.name ?? '', typeof value === 'string' ? value : JSON.stringify(value))
      }
      for (const [key, value] of more) query.append(key, value)
      return query.toString() + tail
    })
}

function headers(): fc.Arbitrary<Record<string, string>> {
  return (
    fc
      .record(
        {
          'content-type': fc.oneof(
            { weight: 12, arbitrary: fc.constantFrom('application/json', 'application/json; charset=utf-8') },
            fc.constantFrom('text/plain', 'application/x-www-form-urlencoded', 'application/jsonp', ''),
            headerText,
          ),
          'idempotency-key': fc.oneof(fc.constantFrom('key-1', 'key-2'), headerText),
          'if-none-match': headerText,
          'last-event-id': fc.oneof(fc.constant('end'), headerText),
          traceparent: fc.oneof(fc.constant('00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'), headerText),
          origin: fc.constantFrom('https://app.example', 'https://evil.example', 'null', ''),
          'sec-fetch-site': fc.constantFrom('same-origin', 'same-origin', 'none', 'cross-site', 'same-site', 'x'),
          'access-control-request-method': fc.constantFrom('POST', 'x'),
          'access-control-request-headers': fc.oneof(fc.constant('content-type'), headerText),
          host: headerText,
          'x-forwarded-host': fc.constant('evil.example'),
          'content-length': fc.constantFrom('-1', '99999999999', 'NaN'),
          'upstash-signature': headerText,
        },
        { requiredKeys: ['content-type'] },
      )
      // Each part is mostly left out; otherwise every request would be refused early.
      .chain((all) =>
        fc
          .array(fc.constantFrom(...Object.keys(all)), { maxLength: 2 })
          .map((names) =>
            Object.fromEntries(Object.entries(all).filter(([name]) => name === 'content-type' || names.includes(name))),
          ),
      ) as fc.Arbitrary<Record<string, string>>
  )
}
