import { describe, expect, it } from 'vitest'
import { keepSampleServers } from '../../proofs/fixtures/sample-servers.js'
import { call, makeReport, report, sampleServer } from '../../proofs/fixtures/sample-tasks.js'

const APP = 'https://app.example'
const { keep } = keepSampleServers()
const closed = () => keep(sampleServer())
const open = () => keep(sampleServer(makeReport, { allowedOrigins: [APP] }))
type Server = ReturnType<typeof closed>

const preflight = (server: Server, headers: Record<string, string>) =>
  server.handler(
    new Request('http://api.test/api/jobs?action=create', {
      method: 'OPTIONS',
      headers: { origin: APP, 'access-control-request-method': 'POST', ...headers },
    }),
  )
const corsOf = (headers: Headers) => [...headers].filter(([name]) => name.startsWith('access-control-'))

describe('pages of other origins', () => {
  it('are told nothing unless they are configured', async () => {
    const server = closed()
    const { status, headers } = await call(server, 'GET', 'action=list', { headers: { origin: APP } })
    expect(status).toBe(200)
    expect(corsOf(headers)).toEqual([])
    const refused = await preflight(server, {})
    expect(refused.status).toBe(405)
    expect(refused.headers.get('allow')).toBe('POST')
    expect(corsOf(refused.headers)).toEqual([])
  })

  it('may read answers and problems with the user’s cookies when their origin is allowed', async () => {
    const server = open()
    for (const query of ['action=list', 'action=status&taskId=nobody']) {
      const { headers } = await call(server, 'GET', query, { headers: { origin: APP } })
      expect(Object.fromEntries(corsOf(headers))).toEqual({
        'access-control-allow-origin': APP,
        'access-control-allow-credentials': 'true',
        'access-control-expose-headers': 'ETag, Location, RateLimit, RateLimit-Policy, Retry-After',
      })
      expect(headers.get('vary')).toBe('Origin')
    }
  })

  it('are asked for nothing in vain: a preflight names methods, and the headers that the page wants', async () => {
    const answer = await preflight(open(), { 'access-control-request-headers': 'content-type,idempotency-key,x-csrf' })
    expect(answer.status).toBe(204)
    expect(await answer.text()).toBe('')
    expect(Object.fromEntries(corsOf(answer.headers))).toEqual({
      'access-control-allow-origin': APP,
      'access-control-allow-credentials': 'true',
      'access-control-allow-methods': 'GET, POST',
      'access-control-allow-headers': 'content-type,idempotency-key,x-csrf',
      'access-control-max-age': '7200',
    })
  })

  it.each([
    'https://evil.example',
    'https://app.example.evil.example',
    'http://app.example',
    'https://app.example:8443',
    'https://sub.app.example',
    'null',
  ])('stay out as %s while another origin is allowed', async (origin) => {
    const server = open()
    const answers = [
      await preflight(server, { origin }),
      await server.handler(
        new Request('http://api.test/api/jobs?action=create', {
          method: 'POST',
          headers: { origin, 'x-user': 'ada', 'content-type': 'application/json', 'sec-fetch-site': 'cross-site' },
          body: JSON.stringify(report),
        }),
      ),
    ]
    expect(answers.map(({ status }) => status)).toEqual([405, 403])
    for (const { headers } of answers) {
      expect(corsOf(headers)).toEqual([])
      expect(headers.get('vary')).toBe('Origin')
    }
  })

  it.each([
    '*',
    'null',
    'app.example',
    'https://app.example/',
    'https://app.example/path',
    '',
    '"https://app.example"',
    ' https://app.example',
  ])('cannot be allowed by %j, which no browser sends', (origin) => {
    expect(() => sampleServer(makeReport, { allowedOrigins: [origin] })).toThrow(TypeError)
  })
})
