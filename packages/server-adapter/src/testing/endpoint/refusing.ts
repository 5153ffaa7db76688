import { LIMITS } from '@brandkit/core'
import { expect, it } from 'vitest'
import type { CallOptions, EndpointCaller } from './endpoint-caller.js'
import { reportInput } from './endpoint-tasks.js'

const nested = `{"a":${'['.repeat(10_000)}${']'.repeat(10_000)}}`
const evil = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.test', cookie: 'session=ada' }
const withIds = (last: string) =>
  `{"type":"WRITE_REPORT","brandId":"aurora","payload":{"name":"May","ids":[1,2,3,${last}]}}`
/** Latin-1, in which ë is a byte that cannot stand in UTF-8. */
const latin = Uint8Array.from(JSON.stringify(reportInput('completes', { payload: { name: 'Zoë' } })), (character) =>
  character.charCodeAt(0),
)
const ids = (count: number) => Array.from({ length: count }, (_, index) => `id-${index}`)

const REFUSED: readonly [what: string, action: string, options: CallOptions, status: number, code: string][] = [
  ['an unknown action', 'explode', {}, 400, 'unknown_action'],
  ['an empty action', '', {}, 400, 'unknown_action'],
  ['an action that every object has', 'constructor', {}, 400, 'unknown_action'],
  ['a mutation by GET', 'create', { method: 'GET' }, 405, 'method_not_allowed'],
  ['a read by POST', 'status', { method: 'POST', body: {} }, 405, 'method_not_allowed'],
  ['nobody', 'list', { user: null }, 401, 'unauthenticated'],
  ['a stranger', 'list', { user: 'mallory' }, 401, 'unauthenticated'],
  ['no id', 'status', {}, 400, 'invalid_request'],
  ['an empty id', 'status', { query: { taskId: '' } }, 400, 'invalid_request'],
  ['an id that is too long', 'status', { query: { taskId: 'x'.repeat(201) } }, 400, 'invalid_request'],
  ['a hostile id', 'status', { query: { taskId: "' or 1=1 --\u0000" } }, 404, 'task_not_found'],
  ['two forms of one question', 'status', { query: { taskId: 'a', batchId: 'b' } }, 400, 'invalid_request'],
  ['a field that nobody knows', 'cancel', { body: { taskId: 'a', userId: 'linus' } }, 400, 'invalid_request'],
  ['101 ids', 'status', { query: { taskIds: ids(101).join(',') } }, 400, 'invalid_request'],
  ['ids of which one is empty', 'status', { query: { taskIds: 'a,,b' } }, 400, 'invalid_request'],
  ['a wait without end', 'status', { query: { taskId: 'a', wait: '1e9' } }, 400, 'invalid_request'],
  ['a limit of a billion', 'list', { query: { limit: '1e9' } }, 400, 'invalid_request'],
  ['a negative limit', 'list', { query: { limit: '-1' } }, 400, 'invalid_request'],
  ['no number as limit', 'list', { query: { limit: 'NaN' } }, 400, 'invalid_request'],
  ['an unknown status', 'list', { query: { status: 'paused' } }, 400, 'invalid_request'],
  ['a search for nothing', 'list', { query: { search: '' } }, 400, 'invalid_request'],
  ['a search without end', 'list', { query: { search: 'x'.repeat(201) } }, 400, 'invalid_request'],
  ['a tag with a comma', 'create', { body: reportInput('completes', { tags: ['a,b'] }) }, 400, 'invalid_request'],
  ['a tag with a blank', 'create', { body: reportInput('completes', { tags: [' a'] }) }, 400, 'invalid_request'],
  [
    'a tag that cannot be seen',
    'create',
    { body: reportInput('completes', { tags: ['a\u200B'] }) },
    400,
    'invalid_request',
  ],
  ['a tag twice', 'create', { body: reportInput('completes', { tags: ['a', 'a'] }) }, 400, 'invalid_request'],
  ['eleven tags', 'create', { body: reportInput('completes', { tags: ids(11) }) }, 400, 'invalid_request'],
  ['a tampered cursor', 'list', { query: { cursor: '\u0000zzz' } }, 400, 'invalid_request'],
  [
    'another content type',
    'create',
    { body: 'x', headers: { 'content-type': 'text/plain' } },
    415,
    'unsupported_media_type',
  ],
  [
    'a compressed body',
    'create',
    { body: reportInput(), headers: { 'content-encoding': 'gzip' } },
    415,
    'unsupported_media_type',
  ],
  ['bytes that are no UTF-8', 'create', { body: latin }, 400, 'invalid_request'],
  [
    'a body that is said not to be UTF-8',
    'create',
    { body: reportInput(), headers: { 'content-type': 'application/json; charset="latin1"' } },
    415,
    'unsupported_media_type',
  ],
  ['an integer that would be rounded', 'create', { body: withIds('9007199254740993') }, 400, 'invalid_request'],
  ['broken JSON', 'create', { body: '{"type":' }, 400, 'invalid_request'],
  ['a JSON array', 'create', { body: [] }, 400, 'invalid_request'],
  ['a body nested ten thousand deep', 'create', { body: nested }, 400, 'invalid_request'],
  [
    'a prototype in the payload',
    'create',
    { body: '{"payload":{"__proto__":{"admin":true}}}' },
    400,
    'invalid_request',
  ],
  ['an unknown type', 'create', { body: reportInput('completes', { type: 'MAKE_TEA' }) }, 422, 'unknown_task_type'],
  [
    'a type that every object has',
    'create',
    { body: reportInput('completes', { type: 'toString' }) },
    422,
    'unknown_task_type',
  ],
  [
    'a type that nobody serves',
    'create',
    { body: { type: 'UNSERVED', brandId: 'aurora', payload: {} } },
    422,
    'task_type_not_served',
  ],
  [
    'a foreign brand',
    'create',
    { user: 'linus', body: reportInput('completes', { brandId: 'borealis' }) },
    403,
    'forbidden',
  ],
  [
    'an oversize payload',
    'create',
    { body: reportInput('completes', { payload: { name: 'x'.repeat(LIMITS.payloadBytes) } }) },
    413,
    'payload_too_large',
  ],
  [
    'an oversize body',
    'create',
    { body: reportInput('completes', { payload: { name: 'x'.repeat(4_000_000) } }) },
    413,
    'payload_too_large',
  ],
  [
    'a key of 10,000 characters',
    'create',
    { body: reportInput(), headers: { 'idempotency-key': 'k'.repeat(10_000) } },
    400,
    'invalid_request',
  ],
  ['a post from another site', 'create', { body: reportInput(), headers: evil }, 403, 'cross_site_request'],
  ['an unknown id to cancel', 'cancel', { body: { taskId: 'nobody' } }, 404, 'task_not_found'],
  ['101 ids to cancel', 'cancel', { body: { taskIds: ids(101) } }, 400, 'invalid_request'],
  ['an unknown batch', 'cancel', { body: { batchId: 'nobody' } }, 404, 'batch_not_found'],
]

export function describeRefusing({ call }: EndpointCaller): void {
  it.each(REFUSED)('%s', async (_, action, options, status, code) => {
    expect(await call(action, options)).toMatchObject({ status, body: { code } })
  })

  it('says which method would have been right', async () => {
    expect((await call('create', { method: 'GET' })).headers.get('allow')).toBe('POST')
    expect((await call('list', { method: 'POST', body: {} })).headers.get('allow')).toBe('GET, HEAD')
    expect((await call('events', { method: 'HEAD' })).headers.get('allow')).toBe('GET')
  })

  it('says why a body is not read, and where a number is too large', async () => {
    const detailOf = async (options: CallOptions) => (await call('create', options)).body.detail
    const body = reportInput()
    expect(await detailOf({ body, headers: { 'content-encoding': 'br' } })).toContain('"br"')
    expect(await detailOf({ body, headers: { 'content-type': 'application/json; charset=utf-16' } })).toContain(
      '"utf-16"',
    )
    const refused = await call('create', { body: withIds('-9007199254740993') })
    expect(refused.body.detail).toContain('payload.ids[3]')
    expect(refused.body.issues).toMatchObject([{ path: ['payload', 'ids', 3] }])
  })
}
