import { silentLogger } from '@brandkit/core'
import { describe, expect, it, vi } from 'vitest'
import { createAnsweringServer, failureOf, input } from './answering-server.fixture.js'
import { createTaskService } from './task-service.js'
import { toRequestUrl } from './to-request-url.js'
import { createWebSocketTransport } from './websocket.js'

describe('the address of a request', () => {
  it('is relative to the page, or to its base element where there is one', () => {
    vi.stubGlobal('location', { href: 'https://app.example/studio/plans?tab=2#top' })
    expect(toRequestUrl('/api/jobs', 'list').href).toBe('https://app.example/api/jobs?action=list')
    expect(toRequestUrl('api/jobs', 'list').href).toBe('https://app.example/studio/api/jobs?action=list')
    vi.stubGlobal('document', { baseURI: 'https://cdn.example/' })
    expect(toRequestUrl('/api/jobs', 'list').href).toBe('https://cdn.example/api/jobs?action=list')
  })

  it('keeps the query, and leaves out what is undefined', () => {
    const address = toRequestUrl('https://app.example/jobs?tenant=a&action=x', 'status', {
      taskId: 'a&b=c',
      cursor: undefined,
    })
    expect(address.search).toBe('?tenant=a&action=status&taskId=a%26b%3Dc')
  })
})

describe('a url with a query of its own', () => {
  const server = createAnsweringServer()

  it('keeps it on every request: read, write and stream', async () => {
    const { wire } = server.open({ url: `${server.base()}/api/jobs?x-vercel-protection-bypass=k` })
    await wire.getStatus('task-1')
    await wire.create(input)
    await wire.watch?.({ signal: AbortSignal.timeout(10_000), onEvent: () => {} }).catch(() => {})
    expect(server.received.map(({ method, url }) => [method, url.search.split('&').slice(0, 2).join('&')])).toEqual([
      ['GET', '?x-vercel-protection-bypass=k&action=status'],
      ['POST', '?x-vercel-protection-bypass=k&action=create'],
      ['GET', '?x-vercel-protection-bypass=k&action=events'],
    ])
  })
})

describe('the url of a service', () => {
  it.each([
    ['"/api/jobs"', 'stands in quotes'],
    [' /api/jobs', 'has a blank'],
    ['https://app.example/api/jobs\n', 'has a blank or a line break'],
    ['https://app.\u200Bexample', 'cannot be seen'],
    ['localhost:3000/api/jobs', 'must be a path'],
    ['ftp://app.example/api/jobs', 'must be a path'],
    ['javascript:alert(1)', 'must be a path'],
    ['https://', 'must be a path'],
    ['', 'must be a path'],
  ])('cannot be %j, which is said before anything is sent', (url, reason) => {
    expect(() => createTaskService({ url, logger: silentLogger })).toThrow(reason)
    expect(() => createWebSocketTransport({ url })).toThrow(reason)
  })

  it.each(['/api/jobs', 'api/jobs', '../jobs', '?x=a:b', 'https://app.example/api/jobs?tenant=a', 'HTTP://localhost'])(
    'may be %j',
    (url) => {
      expect(() => createTaskService({ url, logger: silentLogger })).not.toThrow()
    },
  )

  it('may be a wss: address for sockets alone', () => {
    expect(() => createWebSocketTransport({ url: 'wss://app.example/events' })).not.toThrow()
    expect(() => createTaskService({ url: 'wss://app.example/events', logger: silentLogger })).toThrow(TypeError)
  })
})

describe('a relative url', () => {
  const server = createAnsweringServer()

  it('is sent to the origin of the page', async () => {
    vi.stubGlobal('location', { href: `${server.base()}/studio` })
    await server.open({ url: '/api/jobs' }).getStatus('task-1')
    expect(server.received[0]?.url.pathname).toBe('/api/jobs')
  })

  it('means nothing where there is no page', async () => {
    await expect(failureOf(server.open({ url: '/api/jobs' }).getStatus('task-1'))).resolves.toMatchObject({
      code: 'invalid_request',
    })
  })
})
