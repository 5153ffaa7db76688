import { afterEach, describe, expect, it, vi } from 'vitest'
import { createOpenapiDocument } from '../openapi/create-openapi-document.js'
import { keepSampleServers } from '../../../proofs/fixtures/sample-servers.js'
import { call, makeReport, sampleServer, sampleTasks } from '../../../proofs/fixtures/sample-tasks.js'
import { memoryStore } from '../../memory.js'

const { keep } = keepSampleServers()
afterEach(() => vi.restoreAllMocks())

const read = (server: ReturnType<typeof sampleServer>, etag?: string) =>
  server.handler(
    new Request('http://app.test/api/jobs?action=openapi', { headers: { ...(etag && { 'if-none-match': etag }) } }),
  )

describe('action=openapi', () => {
  it('describes this server’s own types to anybody, without asking who it is and without a store', async () => {
    const store = memoryStore()
    const open = vi.spyOn(store, 'open')
    const authenticate = vi.fn(() => null)
    const server = keep(sampleServer(makeReport, { store, authenticate }))
    const { status, body } = await call(server, 'GET', 'action=openapi', { user: null })
    expect(status).toBe(200)
    expect(body).toEqual(JSON.parse(JSON.stringify(createOpenapiDocument({ catalog: sampleTasks }))))
    expect(Object.keys((body as unknown as { components: { schemas: object } }).components.schemas)).toContain(
      'Task_MAKE_REPORT',
    )
    expect(open).not.toHaveBeenCalled()
    expect(authenticate).not.toHaveBeenCalled()
  })

  it('may be kept, and answers 304 to whoever has it', async () => {
    const server = keep(sampleServer())
    const first = await read(server)
    expect(first.headers.get('cache-control')).toBe('no-cache')
    expect(first.headers.get('content-type')).toBe('application/json')
    const etag = first.headers.get('etag') ?? ''
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const again = await read(server, known)
      expect(again.status).toBe(304)
      expect(again.headers.get('etag')).toBe(etag)
      expect(await again.text()).toBe('')
    }
    expect((await read(server, '"other"')).status).toBe(200)
  })

  it('is the same, whatever parameters a gateway adds', async () => {
    const server = keep(sampleServer())
    const [plain, added] = [
      await call(server, 'GET', 'action=openapi'),
      await call(server, 'GET', 'action=openapi&key=1&key=2'),
    ]
    expect(added.status).toBe(200)
    expect(added.body).toEqual(plain.body)
  })
})
