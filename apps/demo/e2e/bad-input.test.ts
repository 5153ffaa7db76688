import { rm } from 'node:fs/promises'
import { PROBLEM_MEDIA_TYPE, silentLogger } from '@brandkit/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Demo, startDemo } from '../server/app.ts'
import { type Api, askApi, PAYLOAD, refusalOf } from './ask-api.ts'
import { createDataFolder } from './open-studio.ts'

let dataFolder: string
let demo: Demo
let ada: Api

beforeAll(async () => {
  dataFolder = await createDataFolder()
  demo = await startDemo({ dataFolder, logger: silentLogger, paceMs: 0 })
  ada = await askApi(demo.url, 'ada')
})
afterAll(async () => {
  await demo?.stop()
  await rm(dataFolder, { recursive: true, force: true })
})

const input = { type: 'GENERATE_MEDIA_PLAN', brandId: 'aurora', payload: PAYLOAD }

describe('a refused request is a problem document', () => {
  it.each([
    { name: 'an unknown type', body: { ...input, type: 'MAKE_COFFEE' }, status: 422, code: 'unknown_task_type' },
    { name: 'a type that is none', body: { ...input, type: '__proto__' }, status: 422, code: 'unknown_task_type' },
    { name: 'a foreign brand', body: { ...input, brandId: 'borealis' }, status: 403, code: 'forbidden' },
    { name: 'broken JSON', body: '{"type":', status: 400, code: 'invalid_request' },
  ])('for $name', async ({ body, status, code }) => {
    const response = await ada.post('create', body)
    expect(response.status).toBe(status)
    const refusal = await refusalOf(response)
    expect(refusal).toMatchObject({ mediaType: PROBLEM_MEDIA_TYPE, status, code, retryable: false })
    expect(refusal.traceId).toMatch(/^[0-9a-f]{32}$/)
    expect(refusal.detail).toMatch(/\.$/)
  })

  it('that names the field of an invalid payload, and why', async () => {
    const response = await ada.post('create', { ...input, payload: { ...PAYLOAD, budget: 1 } })
    expect(response.status).toBe(422)
    const { code, issues } = await refusalOf(response)
    expect(code).toBe('invalid_payload')
    expect(issues).toEqual([{ path: ['payload', 'budget'], message: expect.stringMatching(/100/) }])
  })

  it('for an oversize body', async () => {
    const response = await ada.post('create', { ...input, payload: { ...PAYLOAD, notes: 'x'.repeat(2_000_000) } })
    expect(response.status).toBe(413)
    expect(await refusalOf(response)).toMatchObject({ code: 'payload_too_large' })
  })

  it('for an unknown id, and the same for somebody else’s', async () => {
    const linus = await askApi(demo.url, 'linus')
    const { taskId } = await linus.create()
    const unknown = await refusalOf(await ada.get('action=status&taskId=01990000-0000-7000-8000-000000000000'))
    const foreign = await refusalOf(await ada.get(`action=status&taskId=${taskId}`))
    expect(unknown).toMatchObject({ status: 404, code: 'task_not_found' })
    expect(foreign).toMatchObject({ status: 404, code: 'task_not_found', title: unknown.title })
    expect(await refusalOf(await ada.post('cancel', { taskId }))).toMatchObject({ status: 404, code: 'task_not_found' })
  })

  it('for nobody', async () => {
    const response = await fetch(`${demo.url}/api/jobs?action=list`)
    expect(response.status).toBe(401)
    expect(await refusalOf(response)).toMatchObject({ code: 'unauthenticated' })
  })

  it('for an address that is none', async () => {
    for (const address of ['/api', '/api/', '/api/nothing', '/api/jobs/1', '/api/demo']) {
      const response = await fetch(demo.url + address)
      expect(await refusalOf(response)).toMatchObject({ status: 404, code: 'not_found', mediaType: PROBLEM_MEDIA_TYPE })
    }
  })
})

const signIn = (body: string, headers = { 'content-type': 'application/json' }) =>
  fetch(`${demo.url}/api/demo/session`, { method: 'POST', body, headers })

describe('the session', () => {
  it('gives a token and a cookie, each of which is enough', async () => {
    const response = await signIn('{"user":"ada"}')
    const cookie = response.headers.get('set-cookie') ?? ''
    expect(cookie).toMatch(/HttpOnly; SameSite=Lax/)
    const list = await fetch(`${demo.url}/api/jobs?action=list`, { headers: { cookie: cookie.split(';')[0] ?? '' } })
    expect(list.status).toBe(200)
  })

  it('refuses strangers, large bodies, other types and other methods', async () => {
    expect(await refusalOf(await signIn('{"user":"mallory"}'))).toMatchObject({ status: 422, code: 'invalid_payload' })
    expect(await refusalOf(await signIn('[]'))).toMatchObject({ status: 422 })
    expect(await refusalOf(await signIn('{'))).toMatchObject({ status: 400, code: 'invalid_request' })
    expect(await refusalOf(await signIn(`"${'x'.repeat(5_000)}"`))).toMatchObject({ status: 413 })
    expect(await refusalOf(await signIn('user=ada', { 'content-type': 'text/plain' }))).toMatchObject({ status: 415 })
    const put = await fetch(`${demo.url}/api/demo/session`, { method: 'PUT' })
    expect(await refusalOf(put)).toMatchObject({ status: 405, code: 'method_not_allowed' })
  })

  it('knows who is there, and forgets on request', async () => {
    const cookie = ((await signIn('{"user":"grace"}')).headers.get('set-cookie') ?? '').split(';')[0] ?? ''
    const whoAmI = await fetch(`${demo.url}/api/demo/session`, { headers: { cookie } })
    expect(await whoAmI.json()).toMatchObject({ user: { id: 'grace', tier: 'premium' } })
    const gone = await fetch(`${demo.url}/api/demo/session`, { method: 'DELETE', headers: { cookie } })
    expect(gone.headers.get('set-cookie')).toMatch(/Max-Age=0/)
  })
})

describe('the server', () => {
  it('says that it serves', async () => {
    for (const address of ['/api/health', '/api/jobs?action=health']) {
      const response = await fetch(demo.url + address)
      expect(response.status).toBe(200)
      expect(await response.json()).toEqual({ status: 'ok', parts: { store: 'ok', queue: 'ok', worker: 'ok' } })
    }
  })

  it('is still there after all of this', async () => {
    const { taskId } = await ada.create()
    await expect.poll(() => ada.status(taskId).then(({ status }) => status)).toBe('completed')
  })
})
