import { expect, it } from 'vitest'
import type { EndpointCaller } from './endpoint-caller.js'

export function describeHealth({ call, create, send }: EndpointCaller): void {
  it('tells anybody that it is well, by GET and by HEAD, and nothing else', async () => {
    for (const user of [null, 'mallory', 'ada'] as const) {
      const { status, headers, body } = await call('health', { user })
      expect(status).toBe(200)
      const worker = expect.stringMatching(/^(ok|none)$/) as string
      expect(body).toEqual({ status: 'ok', parts: { store: 'ok', queue: 'ok', worker } })
      expect(headers.get('cache-control')).toContain('no-store')
    }
    const head = await send('health', { user: null, method: 'HEAD' })
    expect([head.status, await head.text()]).toEqual([200, ''])
  })

  it('counts against nobody, and changes nothing', async () => {
    const { taskId } = await create('lasts')
    const checks = await Promise.all(Array.from({ length: 50 }, () => call('health', { user: null })))
    expect(checks.filter(({ status }) => status !== 200)).toEqual([])
    expect(await call('cancel', { body: { taskId } })).toMatchObject({ status: 200 })
    expect(await call('health', { method: 'POST', body: {} })).toMatchObject({ status: 405 })
  })
}
