import { createLogger, type LogEntry, silentLogger } from '@brandkit/core'
import { describe, expect, it, vi } from 'vitest'
import { keepSampleServers } from '../../proofs/fixtures/sample-servers.js'
import { devAuth } from './dev-auth.js'
import { call, createReport, makeReport, sampleServer, statusOf } from '../../proofs/fixtures/sample-tasks.js'

const { keep } = keepSampleServers()
describe('devAuth', () => {
  it('makes everybody the same user, in all brands', async () => {
    const server = keep(sampleServer(makeReport, { authenticate: devAuth({ logger: silentLogger }) }))
    const taskId = await createReport(server)
    expect(await statusOf(server, taskId)).toMatchObject({ userId: 'dev', brandId: 'aurora' })
    expect((await call(server, 'GET', `action=status&taskId=${taskId}`, { user: null })).status).toBe(200)
  })

  it('is whom one asks for', () => {
    const authenticate = devAuth({ principal: { userId: 'grace', role: 'operator' }, logger: silentLogger })
    expect(authenticate()).toEqual({ userId: 'grace', brandIds: '*', role: 'operator' })
  })

  it('refuses at once a principal that no server would take', () => {
    const nobody = { userId: undefined } as unknown as { userId: string }
    expect(() => devAuth({ principal: nobody, logger: silentLogger })).toThrow(/devAuth gave .*principal\.userId/)
  })

  it('refuses production, before anything is served', () => {
    vi.stubEnv('NODE_ENV', 'production')
    expect(() => devAuth({ logger: silentLogger })).toThrow('refuses NODE_ENV=production')
  })

  it('says in the log what it does', () => {
    const lines: LogEntry[] = []
    devAuth({ logger: createLogger({ sink: (entry) => lines.push(entry) }) })
    expect(lines).toMatchObject([
      { level: 'warn', scope: 'API/Jobs', message: expect.stringContaining('"dev"') as string },
    ])
  })
})
