import { silentLogger } from '@brandkit/core'
import { memoryStore } from '@brandkit/server-adapter/memory'
import { createLocalQStash, type LocalQStash } from '@brandkit/server-adapter/testing/local-qstash'
import { freePort } from '@brandkit/tooling/free-port'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { chooseQueue, chooseStore } from './backends.ts'
import type { QStashChoice } from './environment.ts'
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PGlite } from '@electric-sql/pglite'
import type { NewStoredTask, TaskStore } from '@brandkit/server-adapter'

let qstash: LocalQStash
beforeAll(async () => {
  qstash = await createLocalQStash()
})
afterAll(() => qstash?.close())

const open = (overrides: Partial<QStashChoice> = {}) => {
  const { token, currentSigningKey, nextSigningKey, url } = qstash
  const publicUrl = 'https://studio.example/api/jobs'
  const choice = { kind: 'qstash', token, currentSigningKey, nextSigningKey, publicUrl, baseUrl: url } as const
  return chooseQueue({ ...choice, ...overrides }).open({ store: memoryStore(), logger: silentLogger })
}

describe('a queue over QStash', () => {
  it('opens when QStash takes the token', async () => {
    await expect(open()).resolves.toBeUndefined()
  })

  it('says that QStash refuses the token, and not which it was', async () => {
    await expect(open({ token: 'wrong' })).rejects.toThrow(
      /^QStash at 127\.0\.0\.1:\d+ refuses QSTASH_TOKEN; copy the token of this region from its console\.$/,
    )
  })

  it('says that nobody answers', async () => {
    const host = `127.0.0.1:${await freePort()}`
    await expect(open({ baseUrl: `http://${host}` })).rejects.toThrow(
      `QStash at ${host} cannot be reached (ECONNREFUSED); check QSTASH_URL and the way out of this machine.`,
    )
  })

  it('says that somebody else answers', async () => {
    const stranger = createServer((_, response) => response.writeHead(404).end())
    await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve))
    const host = `127.0.0.1:${(stranger.address() as AddressInfo).port}`
    await expect(open({ baseUrl: `http://${host}` })).rejects.toThrow(
      `QStash at ${host} answers 404; check QSTASH_URL, or start again in a moment.`,
    )
    await new Promise((resolve) => stranger.close(resolve))
  })

  it('is not made for an address that deliveries could be read on the way to', () => {
    expect(() => open({ publicUrl: 'http://studio.example/api/jobs' })).toThrow(
      /^PUBLIC_URL cannot be used: publicUrl is http:\/\/studio\.example\/api\/jobs; it must be https, .*\.$/,
    )
  })
})

const scope = { reach: 'tenant', tenantId: 'studio' } as const

async function payloadOf(store: TaskStore, { taskId }: NewStoredTask): Promise<unknown> {
  const [task] = await store.find([taskId], scope)
  return task?.payload
}

it('keeps what users write from readers of the database, and reads on after a change of the key', async () => {
  const [first, second] = [randomBytes(32), randomBytes(32)]
  const folder = await mkdtemp(join(tmpdir(), 'studio-keys-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const store = chooseStore(join(folder, 'data'), { payloadKeys: [first] })
  await store.open()
  const task: NewStoredTask = {
    taskId: crypto.randomUUID(),
    tenantId: 'studio',
    userId: 'ada',
    createdBy: 'ada',
    brandId: 'aurora',
    type: 'GENERATE_MEDIA_PLAN',
    payload: { campaignName: 'Nightingale' },
    title: 'Media plan',
    steps: [],
    priority: 'normal',
    maxRetries: 0,
    traceId: '0af7651916cd43dd8448eb211c80319c',
    timeoutMs: 1_000,
    timeToLiveMs: 1_000,
  }
  await store.create({ tasks: [task] })
  const pglite = (store.database as { pglite: object }).pglite as PGlite
  const { rows } = await pglite.query<{ stored: string }>('select t::text as stored from brandkit.tasks t')
  expect(rows[0]?.stored).toContain('Media plan')
  expect(rows[0]?.stored).not.toContain('Nightingale')
  await store.close()

  const rotated = chooseStore(join(folder, 'data'), { payloadKeys: [second, first] })
  await rotated.open()
  expect(await payloadOf(rotated, task)).toEqual(task.payload)
  await rotated.close()
})
