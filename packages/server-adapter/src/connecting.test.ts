import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, describe, it, onTestFinished, vi } from 'vitest'
import { memoryQueue, memoryStore } from './memory.js'
import { postgresStore } from './store/postgres/postgres-store.js'
import type { QueueBackend } from './queue/queue-backend.js'
import { createMigratedPglite } from '../proofs/fixtures/create-pglite.js'
import { keepSampleServers } from '../proofs/fixtures/sample-servers.js'
import { createReport, endless, makeReport, sampleServer, statusOf } from '../proofs/fixtures/sample-tasks.js'

const { keep } = keepSampleServers()

function queueThatFailsOnce(): QueueBackend {
  const queue = memoryQueue()
  return { ...queue, open: vi.fn(queue.open).mockRejectedValueOnce(new Error('Redis is not there yet.')) }
}

describe('a server whose queue cannot be opened at first', () => {
  it('opens its data folder again with the next attempt', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'brandkit-connecting-'))
    onTestFinished(() => rm(folder, { recursive: true, force: true }))
    await (await createMigratedPglite(folder)).close()
    const server = keep(sampleServer(makeReport, { store: postgresStore(folder), queue: queueThatFailsOnce() }))
    await expect(server.start()).rejects.toThrow('Redis is not there yet.')
    await server.start()
    const taskId = await createReport(server)
    await vi.waitFor(async () => expect((await statusOf(server, taskId)).status).toBe('completed'))
    await server.stop()
  })

  it('begins to work when its queue can be consumed at last', async () => {
    const queue = memoryQueue()
    const consume = vi.fn(queue.consume).mockRejectedValueOnce(new Error('Redis has gone again.'))
    const server = keep(sampleServer(makeReport, { queue: { ...queue, consume } }))
    await expect(server.start()).rejects.toThrow('Redis has gone again.')
    const taskId = await createReport(server)
    await server.start()
    await vi.waitFor(async () => expect((await statusOf(server, taskId)).status).toBe('completed'))
  })
})

describe('a server that is stopped while it starts', () => {
  it('works on nothing, and keeps no house', async () => {
    const store = memoryStore()
    const opening = Promise.withResolvers<void>()
    const maintain = vi.spyOn(store, 'maintain')
    const consume = vi.fn<NonNullable<QueueBackend['consume']>>(async () => {})
    const close = vi.fn(async () => {})
    const server = sampleServer(endless, {
      store: { ...store, maintain, open: () => opening.promise, close },
      queue: { ...memoryQueue(), consume },
    })
    const starting = server.start()
    const stopping = server.stop()
    opening.resolve()
    await Promise.all([starting, stopping])
    expect(consume).not.toHaveBeenCalled()
    expect(maintain).not.toHaveBeenCalled()
    expect(close).toHaveBeenCalledOnce()
  })
})
