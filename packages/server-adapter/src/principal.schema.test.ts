import { createLogger, type LogEntry } from '@brandkit/core'
import { describe, expect, it } from 'vitest'
import { parsePrincipal, UnfitAnswerError } from './principal.schema.js'
import type { Principal } from './principal.js'
import { ERASED_USER } from './store/audit.js'
import { keepSampleServers } from '../proofs/fixtures/sample-servers.js'
import { ada, call, createReport, endless, report } from '../proofs/fixtures/sample-tasks.js'

const { started } = keepSampleServers()
const SECRET = 'eyJhbGciOiJIUzI1NiJ9'
const given = { ...ada, actorId: 'grace', tier: 'premium', role: 'operator', maxPriority: 'high' } as const

/** Invalid values, and the reasons that the team must read in the log. */
const UNFIT: readonly [field: string, value: unknown, reason: string][] = [
  ['userId', undefined, 'expected string, received undefined'],
  ['userId', null, 'expected string, received null'],
  ['userId', 42, 'expected string, received number'],
  ['userId', '', 'Too small'],
  ['userId', 'x'.repeat(256), 'Too big'],
  ['userId', 'ada\u0000', 'NUL'],
  ['userId', 'ada\uD800', 'half a surrogate pair'],
  ['userId', [SECRET], 'expected string, received array'],
  ['userId', Object(SECRET), 'expected string, received String'],
  ['userId', ERASED_USER, 'stands for users who are erased already'],
  ['brandIds', undefined, 'expected array, received undefined'],
  ['brandIds', 'aurora', 'expected array, received string'],
  ['brandIds', new Set(['aurora']), 'expected array, received Set'],
  ['brandIds', ['aurora', 7], 'expected string, received number'],
  ['tenantId', null, 'expected string, received null'],
  ['tenantId', 7, 'expected string, received number'],
  ['actorId', {}, 'expected string, received object'],
  ['tier', 3, 'expected string, received number'],
  ['role', 'admin', 'expected "operator"'],
  ['role', ['operator'], 'expected "operator"'],
  ['maxPriority', 'highest', 'expected one of'],
]

describe('parsePrincipal', () => {
  it('keeps what it knows and fills in the tenant', () => {
    const { asGiven, ...known } = parsePrincipal({ ...given, password: SECRET }, 'authenticate')
    expect(known).toEqual(given)
    expect(asGiven).toHaveProperty('password')
    expect(parsePrincipal({ userId: 'ada', brandIds: '*' }, 'authenticate')).toMatchObject({ tenantId: 'default' })
  })

  it('reads the getters of a class, once', () => {
    let reads = 0
    class User {
      readonly brandIds = ['aurora']
      get userId() {
        reads += 1
        return reads === 1 ? 'ada' : 'grace'
      }
    }
    expect(parsePrincipal(new User(), 'authenticate').userId).toBe('ada')
  })

  it.each([null, undefined, false, 0, '', 'ada', 42, [ada], () => ada, Symbol('ada'), Promise.resolve(ada)])(
    'refuses %s, which is no principal',
    (nonsense) => {
      expect(() => parsePrincipal(nonsense, 'server.as')).toThrow(/^server\.as gave a principal that does not fit/)
    },
  )

  it('refuses what throws when it is read, whatever it throws', () => {
    const { proxy, revoke } = Proxy.revocable({}, {})
    revoke()
    const hostile = {
      brandIds: '*',
      get userId(): string {
        throw Object.create(null)
      },
    }
    for (const nonsense of [proxy, hostile]) expect(() => parsePrincipal(nonsense, 'x')).toThrow(UnfitAnswerError)
  })

  it('takes no role from a prototype that came as a key', () => {
    const row: unknown = JSON.parse('{"userId":"ada","brandIds":"*","__proto__":{"role":"operator"}}')
    expect(parsePrincipal(row, 'authenticate').role).toBeUndefined()
  })
})

/** Starts a server with one task of Ada; later the principal of the caller has one invalid field. */
async function world(field: string, value: unknown) {
  const lines: LogEntry[] = []
  let caller: object = ada
  const server = await started(endless, {
    authenticate: () => caller as Principal,
    logger: createLogger({ sink: (entry) => lines.push(entry) }),
  })
  const taskId = await createReport(server)
  const wrong = { ...given, [field]: value }
  caller = wrong
  lines.length = 0
  const become = (next: object) => {
    caller = next
  }
  return {
    server,
    taskId,
    wrong: wrong as unknown as Principal,
    become,
    errors: () => lines.filter(({ level }) => level === 'error'),
  }
}

describe('a caller whom the app describes wrongly', () => {
  it.each(UNFIT)(
    'gets a 500 for %s = %j over HTTP, and the team one line that says why',
    async (field, value, reason) => {
      const { server, taskId, become, errors } = await world(field, value)
      for (const answer of [
        await call(server, 'GET', 'action=list'),
        await call(server, 'POST', 'action=create', { body: report }),
        await call(server, 'POST', 'action=cancel', { body: { taskId } }),
      ]) {
        expect(answer).toMatchObject({ status: 500, body: { code: 'internal_error' } })
        expect(JSON.stringify(answer.body)).not.toContain(field)
      }
      expect(errors()).toHaveLength(3)
      for (const { message } of errors()) {
        expect(message).toContain(`principal.${field}`)
        expect(message).toContain(reason)
        expect(message).not.toContain(SECRET)
      }
      become(ada)
      const { body } = await call(server, 'GET', 'action=list')
      expect(body).toMatchObject({ tasks: [{ taskId, status: expect.not.stringMatching('cancelled') as string }] })
    },
  )

  it.each(UNFIT)(
    'gets `internal_error` for %s = %j in process, and the team one line',
    async (field, value, reason) => {
      const { server, wrong, errors } = await world(field, value)
      await expect(server.as(wrong).list()).rejects.toMatchObject({ code: 'internal_error' })
      await expect(server.tasks.create(wrong, report)).rejects.toMatchObject({ code: 'internal_error' })
      expect(errors().map(({ message }) => message)).toEqual([
        expect.stringContaining('server.as gave'),
        expect.stringContaining('tasks.create gave'),
      ])
      for (const { message } of errors()) expect(message).toContain(reason)
    },
  )

  it.each([null, undefined])('is nobody when `authenticate` answers %s', async (nobody) => {
    const server = await started(endless, { authenticate: () => nobody as null })
    expect(await call(server, 'GET', 'action=list')).toMatchObject({ status: 401, body: { code: 'unauthenticated' } })
  })
})
