import { silentLogger } from '@brandkit/core'
import { memoryStore } from '@brandkit/server-adapter/memory'
import { createLocalQStash, type LocalQStash } from '@brandkit/server-adapter/testing/local-qstash'
import { freePort } from '@brandkit/tooling/free-port'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chooseQueue } from './choose-queue.ts'
import type { QStashChoice } from './read-queue-choice.ts'

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
