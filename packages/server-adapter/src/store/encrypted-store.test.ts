import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createMigratedPglite } from '../../proofs/fixtures/create-pglite.js'
import { call, createReport, report, sampleServer } from '../../proofs/fixtures/sample-tasks.js'
import { keepSampleServers } from '../../proofs/fixtures/sample-servers.js'
import { guideCodec } from '../../proofs/fixtures/guide-codec.js'
import { describeEncryptedStore } from '../../proofs/encryption/describe-encrypted-store.js'
import { openMemoryVault } from '../../proofs/encryption/open-memory-vault.js'
import { describeTaskStore } from '../testing/store-conformance.js'
import { describeCreating } from '../testing/store/creating.js'
import { describeItems } from '../testing/store/working-through-items.js'
import { describeListing } from '../testing/store/listing.js'
import { describeSettling } from '../testing/store/settling.js'
import { describeTakingOver } from '../testing/store/taking-over.js'
import { describeTelling } from '../testing/store/telling.js'
import { describeTexting } from '../testing/store/texting.js'
import { describeUniqueWork } from '../testing/store/unique-work.js'
import { describeWorking } from '../testing/store/working.js'
import { encryptedStore } from './encrypted-store.js'
import { memoryStore } from './memory-store.js'
import { postgresStore } from './postgres/postgres-store.js'
import type { TaskStore } from './task-store.js'

describeTaskStore('memory behind a codec', async () => encryptedStore(memoryStore(), await guideCodec()))

describeEncryptedStore('in memory', { openVault: openMemoryVault })

describeEncryptedStore('in PGlite', {
  async openVault() {
    const pglite = await createMigratedPglite()
    return {
      bare: postgresStore({ pglite }),
      async dump() {
        const { rows: tables } = await pglite.query<{ name: string }>(
          `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname like 'brandkit%'`,
        )
        const contents = await Promise.all(
          tables.map(({ name }) => pglite.query<{ row: string }>(`select x::text as row from ${name} x`)),
        )
        return contents.flatMap(({ rows }) => rows.map(({ row }) => row)).join('\n')
      },
    }
  },
})

// The whole suite on PGlite takes three times as long; these are its parts that write or read content.
describe('PGlite behind a codec', () => {
  let opened: TaskStore
  const store = () => opened
  beforeAll(async () => {
    opened = encryptedStore(postgresStore({ pglite: await createMigratedPglite() }), await guideCodec())
    await opened.open()
  })
  afterAll(() => opened.close())

  describe('create', () => describeCreating(store))
  describe('unique work', () => describeUniqueWork(store))
  describe('report and checkpoint', () => describeWorking(store))
  describe('items of a step', () => describeItems(store))
  describe('create with takeOver', () => describeTakingOver(store))
  describe('text', () => describeTexting(store))
  describe('settle', () => describeSettling(store))
  describe('find and list', () => describeListing(store))
  describe('notices', () => describeTelling(store))
})

describe('a task server behind a codec', () => {
  const { started } = keepSampleServers()

  it('tries a task whose content cannot be decrypted again, then fails it in plain words, and serves all others', async () => {
    const codec = await guideCodec()
    let isKeyThere = true
    const store = encryptedStore(memoryStore(), {
      encrypt: codec.encrypt,
      decrypt: (encrypted, context) => {
        if (isKeyThere) return codec.decrypt(encrypted, context)
        throw new Error('The key is gone.')
      },
    })
    const serving = sampleServer(undefined, { store })
    const taskId = await createReport(serving)
    isKeyThere = false
    const server = await started(undefined, { store })

    const status = () => call(server, 'GET', `action=status&taskId=${taskId}`)
    await vi.waitFor(async () => {
      const { body } = await call(server, 'GET', 'action=list')
      expect(body).toMatchObject({
        tasks: [{ taskId, title: 'Report: May', status: 'failed', errorCode: 'content_unreadable', retryCount: 2 }],
      })
    })
    expect(await status()).toMatchObject({ status: 500, body: { code: 'content_unreadable' } })
    expect((await call(server, 'GET', `action=status&taskIds=${taskId}`)).body).toMatchObject({
      tasks: [{ taskId, isSummary: true }],
    })
    isKeyThere = true
    expect(await status()).toMatchObject({ status: 200, body: { task: { payload: report.payload } } })
    await serving.stop()
  })

  it('recognises the repetition of a create, although it is encrypted anew, and another payload under its key', async () => {
    const store = encryptedStore(memoryStore(), await guideCodec())
    const server = sampleServer(undefined, { store })
    const create = (payload: object) =>
      call(server, 'POST', 'action=create', { body: { ...report, payload }, headers: { 'idempotency-key': 'k' } })
    const first = await create({ name: 'May' })
    expect((await create({ name: 'May' })).body).toMatchObject({ task: { taskId: first.body.task.taskId } })
    expect(await create({ name: 'June' })).toMatchObject({ status: 422, body: { code: 'idempotency_key_reused' } })
    await server.stop()
  })
})
