import { brandTasks, silentLogger } from '@brandkit/core'
import { createTaskServer } from '@brandkit/server-adapter'
import { memoryQueue } from '@brandkit/server-adapter/memory'
import { postgresStore } from '@brandkit/server-adapter/postgres'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { SMTPServer } from 'smtp-server'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createGenerators } from './generators/create-generators.ts'
import { createSessions, findPerson, toPrincipal } from './session.ts'
import { EXAMPLE_PAYLOADS } from './testing/example-payloads.ts'
import { composeNotices, createWishes, handleOwnData, handleWishes } from './notices.ts'

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})

/** A mail server on this machine, which keeps what it gets. */
async function catchMail() {
  const mails: string[] = []
  async function keep(stream: Readable, done: () => void): Promise<void> {
    mails.push(await text(stream))
    done()
  }
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, _session, done) => void keep(stream, done),
  })
  const listening = server.listen(0, '127.0.0.1')
  await once(listening, 'listening')
  cleanups.push(() => new Promise((resolve) => server.close(() => resolve(undefined))))
  return { mails, smtpUrl: `smtp://127.0.0.1:${(listening.address() as AddressInfo).port}` }
}

/** A studio in memory with a session of Ada. */
async function openStudio({ smtpUrl }: { smtpUrl: string }) {
  const store = postgresStore('memory://notices')
  const wishes = createWishes(store)
  const server = createTaskServer({
    catalog: brandTasks,
    store,
    queue: memoryQueue(),
    authenticate: () => null,
    generators: createGenerators({ paceMs: 0 }),
    notify: composeNotices({ smtpUrl, studioUrl: 'http://studio.test' }, wishes),
    logger: silentLogger,
  })
  await server.start()
  cleanups.push(() => server.stop())
  const sessions = createSessions('a secret of this test')
  const ada = findPerson('ada')!
  const token = await sessions.issue(ada)
  const ask = async (
    body?: object,
    headers: Record<string, string> = { authorization: `Bearer ${token}` },
  ): Promise<unknown> => {
    const request = new Request('http://studio.test/api/demo/wishes', {
      method: body ? 'POST' : 'GET',
      headers: { ...headers, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    })
    const response = await handleWishes(request, { wishes, canMail: true, pushKey: 'key', sessions })
    return response.json()
  }
  const generate = () =>
    server.as(toPrincipal(ada, 'own')).create({
      type: 'AUTO_GENERATE_PERSONAS',
      brandId: 'aurora',
      payload: EXAMPLE_PAYLOADS.AUTO_GENERATE_PERSONAS,
    })
  return { server, wishes, ask, generate }
}

describe('notices', () => {
  it('send a mail with a link to an owner who has asked for it, and to nobody else', async () => {
    const { mails, smtpUrl } = await catchMail()
    const { server, ask, generate } = await openStudio({ smtpUrl })
    expect(await ask()).toEqual({ mail: { address: 'ada@studio.example', isOn: false }, pushKey: 'key' })
    await generate()
    await vi.waitFor(async () => {
      expect(await server.stats()).toMatchObject({ completed: 1, notices: { waiting: 0, dead: 0 } })
    })
    expect(mails).toEqual([])

    expect(await ask({ mail: true })).toMatchObject({ mail: { isOn: true } })
    const task = await generate()
    await vi.waitFor(() => expect(mails).toHaveLength(1))
    const [mail] = mails
    expect(mail).toContain('To: Ada <ada@studio.example>')
    expect(mail).toContain(`Subject: Ready: ${task.title}`)
    expect(mail).toContain(`http://studio.test/personas/${task.taskId}`)
    expect(mail).toContain(`Message-ID: <${task.taskId}_mail@studio.example>`)
  })

  it('keep the browsers of a person, each once, and only for the person', async () => {
    const { wishes, ask } = await openStudio({ smtpUrl: 'smtp://127.0.0.1:1' })
    const subscription = { endpoint: 'https://push.test/1', keys: { p256dh: 'p', auth: 'a' } }
    await ask({ subscribe: subscription })
    await ask({ subscribe: subscription })
    expect(await wishes.read('ada')).toEqual({ mail: false, subscriptions: [subscription] })
    expect(await wishes.read('grace')).toEqual({ mail: false, subscriptions: [] })
    await ask({ unsubscribe: subscription.endpoint })
    expect((await wishes.read('ada')).subscriptions).toEqual([])
    await expect(ask({ subscribe: { endpoint: 'https://push.test/1' } })).rejects.toMatchObject({ status: 400 })
    await expect(ask(undefined, {})).rejects.toMatchObject({ status: 401 })
  })

  it('need a mail server or keys', () => {
    const wishes = createWishes({})
    expect(composeNotices({ studioUrl: 'http://studio.test' }, wishes)).toBeUndefined()
  })
})

it('a person downloads what is stored about them, a document a line, and erases it', async () => {
  const store = postgresStore('memory://own-data')
  const wishes = createWishes(store)
  const tasks = createTaskServer({
    catalog: brandTasks,
    store,
    queue: memoryQueue(),
    authenticate: () => null,
    generators: createGenerators({ paceMs: 0 }),
    logger: silentLogger,
  })
  const sessions = createSessions('a secret of this test')
  const ada = findPerson('ada')!
  const token = await sessions.issue(ada)
  const ask = async (method: string, headers: Record<string, string> = { authorization: `Bearer ${token}` }) =>
    handleOwnData(new Request('http://studio.test/api/demo/own-data', { method, headers }), { tasks, wishes, sessions })
  const download = async () => {
    const lines = (await (await ask('GET')).text()).trim().split('\n')
    return lines.map((line) => JSON.parse(line) as { kind: string })
  }

  try {
    const { taskId } = await tasks.as(toPrincipal(ada, 'own')).create({
      type: 'AUTO_GENERATE_PERSONAS',
      brandId: 'aurora',
      payload: EXAMPLE_PAYLOADS.AUTO_GENERATE_PERSONAS,
    })
    await wishes.setMail('ada', true)
    expect(await download()).toMatchObject([
      { kind: 'task', task: { taskId, payload: EXAMPLE_PAYLOADS.AUTO_GENERATE_PERSONAS } },
      { kind: 'act', act: { action: 'export', by: 'ada' } },
    ])

    const erased = await ask('DELETE')
    expect(await erased.json()).toEqual({ erased: 1 })
    expect(erased.headers.get('set-cookie')).toContain('Max-Age=0')
    expect(await wishes.read('ada')).toEqual({ mail: false, subscriptions: [] })
    expect(await download()).toMatchObject([{ kind: 'act', act: { action: 'export' } }])
    await expect(ask('GET', {})).rejects.toMatchObject({ status: 401 })
    await expect(ask('POST')).rejects.toMatchObject({ status: 405 })
  } finally {
    await tasks.stop()
  }
})
