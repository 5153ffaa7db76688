import { isTaskError } from '@brandkit/core'
import { describe, expect, it, vi } from 'vitest'
import { encryptedStore } from '../store/encrypted-store.js'
import { memoryStore } from '../memory.js'
import { keepSampleServers } from '../../proofs/fixtures/sample-servers.js'
import { ada, createReport, endless, linus, makeReport, report } from '../../proofs/fixtures/sample-tasks.js'
import type { ExportedRecord } from '../runtime/privacy/exported-record.js'
import { ERASED_USER } from '../store/audit.js'

const { started } = keepSampleServers()
const SECRET = 'Merger'

async function collect(records: AsyncIterable<ExportedRecord>): Promise<ExportedRecord[]> {
  const all = []
  for await (const record of records) all.push(record)
  return all
}

describe('server.exportUser', () => {
  it('gives all tasks of the user with their content, what was used, and the acts, as JSON', async () => {
    const server = await started(async (context) => {
      await context.usage({ model: 'm', inputTokens: 10, outputTokens: 2, cost: 0.5, currency: 'EUR' })
      await context.partial.append(`All about ${SECRET}`)
      return makeReport(context)
    })
    const taskId = await createReport(server, { name: SECRET })
    await server.as(linus).create({ ...report, payload: { name: 'Theirs' } } as never)
    await vi.waitFor(async () => expect(await server.stats()).toMatchObject({ completed: 2 }))

    const records = await collect(server.exportUser({ tenantId: 'acme', userId: 'ada', by: 'support' }))
    expect(JSON.parse(JSON.stringify(records))).toEqual(records)
    expect(records).toEqual([
      {
        kind: 'task',
        text: `All about ${SECRET}`,
        task: expect.objectContaining({
          taskId,
          title: `Report: ${SECRET}`,
          payload: { name: SECRET, pages: 2 },
          result: { reportId: 'r1', pages: 2 },
          usage: [{ model: 'm', inputTokens: 10, outputTokens: 2, cost: 0.5, currency: 'EUR' }],
        }) as object,
      },
      {
        kind: 'usage',
        month: new Date().toISOString().slice(0, 7),
        usage: { inputTokens: 10, outputTokens: 2, cost: 0.5, currency: 'EUR' },
      },
      { kind: 'act', act: expect.objectContaining({ action: 'export', by: 'support', userId: 'ada' }) as object },
    ])
  })

  it('walks through more tasks than a page has, and holds one at a time', async () => {
    const server = await started(endless)
    const inputs = Array.from({ length: 100 }, () => report)
    await server.as(ada).createMany(inputs as never)
    await server.as(ada).createMany(inputs.slice(0, 5) as never)
    const records = await collect(server.exportUser({ tenantId: 'acme', userId: 'ada' }))
    const ids = records.flatMap((record) => (record.kind === 'task' ? record.task.taskId : []))
    expect(new Set(ids).size).toBe(105)
  })
})

describe('server.exportUser over a codec', () => {
  it('marks what cannot be decrypted, so that nobody takes the export for whole', async () => {
    let isKeyLost = false
    const codec = {
      encrypt: (text: string) => Buffer.from(text).toString('base64'),
      decrypt(text: string) {
        if (isKeyLost) throw new Error('There is no such key.')
        return Buffer.from(text, 'base64').toString()
      },
    }
    const server = await started(makeReport, { store: encryptedStore(memoryStore(), codec) })
    await createReport(server, { name: 'Secret' })
    await vi.waitFor(async () => expect(await server.stats()).toMatchObject({ completed: 1 }))
    const exported = async () => (await collect(server.exportUser({ tenantId: 'acme', userId: 'ada' })))[0]
    expect(await exported()).not.toHaveProperty('unreadable')
    isKeyLost = true
    expect(await exported()).toMatchObject({ kind: 'task', unreadable: true })
  })
})

describe('server.eraseUser', () => {
  it('stops what runs, and leaves nothing that names the user', async () => {
    const signals: AbortSignal[] = []
    const server = await started(async (context) => {
      signals.push(context.signal)
      return endless(context)
    })
    await createReport(server, { name: SECRET })
    const theirs = await server.as(linus).create(report as never)
    await vi.waitFor(() => expect(signals).toHaveLength(2))

    expect(await server.eraseUser({ tenantId: 'acme', userId: 'ada', by: 'ada' })).toMatchObject({
      erased: 1,
      cancelled: 1,
    })
    await vi.waitFor(() => expect(signals.filter(({ aborted }) => aborted)).toHaveLength(1))
    expect(await collect(server.exportUser({ tenantId: 'acme', userId: 'ada', by: 'ada' }))).toMatchObject([
      { kind: 'act', act: { action: 'export' } },
    ])
    expect(await server.as(ada).list()).toMatchObject({ tasks: [] })
    expect(await server.as(linus).getStatus(theirs.taskId)).toMatchObject({ status: 'processing' })
    const { entries } = await server.audit({ tenantId: 'acme', act: 'erase' })
    expect(entries).toMatchObject([{ by: ERASED_USER, userId: ERASED_USER, count: 1 }])
  })

  it('may be repeated, also for a user without tasks', async () => {
    const server = await started()
    const nothing = { erased: 0, cancelled: 0, renamed: 0, forgotten: 0 }
    expect(await server.eraseUser({ userId: 'nobody' })).toEqual(nothing)
  })

  it('leaves an entry in the audit also when the user has no task, and names no erased user there', async () => {
    const server = await started()
    await server.eraseUser({ tenantId: 'acme', userId: 'ronja', by: 'support' })
    await server.eraseUser({ tenantId: 'acme', userId: 'ronja', by: 'ronja' })
    const { entries } = await server.audit({ tenantId: 'acme' })
    const entry = { action: 'erase', userId: ERASED_USER, count: 0 }
    expect(entries).toMatchObject([
      { ...entry, by: ERASED_USER },
      { ...entry, by: 'support' },
    ])
  })

  it('refuses what names no user, and says what is wrong', async () => {
    const server = await started()
    for (const wrong of [
      undefined,
      null,
      'ada',
      {},
      { userId: '' },
      { userId: ERASED_USER },
      { userId: 'ada', id: 1 },
    ]) {
      const refused = expect.objectContaining({ code: 'invalid_request' }) as Error
      await expect(server.eraseUser(wrong as never)).rejects.toEqual(refused)
      await expect(collect(server.exportUser(wrong as never))).rejects.toEqual(refused)
    }
    const error: unknown = await server.eraseUser({ tenantId: '', userId: 'ada' }).catch((reason: unknown) => reason)
    expect(isTaskError(error) && error.message).toContain('The request for eraseUser is malformed: tenantId')
    await expect(server.audit({ limit: 0 })).rejects.toMatchObject({ code: 'invalid_request' })
  })
})
