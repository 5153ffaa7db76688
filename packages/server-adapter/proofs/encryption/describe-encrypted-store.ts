import { randomBytes } from 'node:crypto'
import { type LogFields, silentLogger } from '@brandkit/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { encryptedStore } from '../../src/store/encrypted-store.js'
import type { PayloadCodec } from '../../src/store/encrypted/payload-codec.js'
import type { NewStoredTask, TaskStore } from '../../src/store/task-store.js'
import { claimOne, createOne, findOne, newTask, ownerOf, times } from '../../src/testing/store/new-task.js'
import { textOf } from '../../src/testing/store/text-reader.js'
import { guideCodec } from '../fixtures/guide-codec.js'
import { CONTENT, SECRET, type Content } from './content.js'

export interface Vault {
  /** The store without a codec. */
  bare: TaskStore
  /** Everything that it holds, as text. */
  dump: () => Promise<string>
}

interface EncryptedSuiteOptions {
  openVault: () => Promise<Vault>
  /** Default: the real one. */
  wrap?: typeof encryptedStore
}

/** What a codec around a store promises, beyond what every store does. */
export function describeEncryptedStore(
  name: string,
  { openVault, wrap = encryptedStore }: EncryptedSuiteOptions,
): void {
  describe(`encrypted store: ${name}`, () => {
    const keys = { old: randomBytes(32), new: randomBytes(32) }
    let vault: Vault
    let store: TaskStore
    const withKeys = async (named: Parameters<typeof guideCodec>[0]) => wrap(vault.bare, await guideCodec(named))
    beforeAll(async () => {
      vault = await openVault()
      await vault.bare.open()
      store = await withKeys({ keys, current: 'new' })
    })
    afterAll(() => vault.bare.close())

    it.each(CONTENT)('stores no plain text of $what, and gives it back', async (content) => {
      const { input, lease } = await begin(store, content, { payload: { about: SECRET }, title: 'A public title' })
      const stored = await vault.dump()
      expect(stored).toContain('A public title')
      expect(stored).not.toContain(SECRET)
      expect(JSON.stringify(await content.read(store, input, lease))).toContain(SECRET)
    })

    it.each(CONTENT)('reads $what that was stored before there was a codec', async (content) => {
      const { input, lease } = await begin(vault.bare, content)
      expect(JSON.stringify(await content.read(store, input, lease))).toContain(SECRET)
    })

    it('reads what an older key has encrypted, and encrypts with the new one', async () => {
      const older = await createOne(await withKeys({ keys, current: 'old' }))
      const newer = await createOne(store)
      for (const input of [older, newer]) expect((await findOne(store, input)).payload).toEqual(input.payload)
      const onlyNew = await withKeys({ keys: { new: keys.new }, current: 'new' })
      expect(await findOne(onlyNew, older)).not.toHaveProperty('payload')
      expect((await findOne(onlyNew, newer)).payload).toEqual(newer.payload)
    })

    it.each(CONTENT)(
      'says of the one task that its content cannot be decrypted, and serves all others: $what',
      async (content) => {
        const userId = `user-${crypto.randomUUID()}`
        const { input, lease } = await begin(await withKeys({ keys, current: 'old' }), content, { userId })
        const other = await createOne(store, { userId, payload: SECRET })

        const onlyNew = await withKeys({ keys: { new: keys.new }, current: 'new' })
        const found = await onlyNew.find([input.taskId, other.taskId], ownerOf(input))
        expect(found.map(({ unreadable }) => unreadable?.code)).toEqual(
          found.map(({ taskId }) => (taskId === input.taskId ? 'content_unreadable' : undefined)),
        )
        const { tasks } = await onlyNew.list({ limit: 10 }, ownerOf(input))
        expect(tasks.map(({ title }) => title)).toEqual([input.title, input.title])
        const read = await content.read(onlyNew, input, lease).catch(String)
        expect(JSON.stringify(read) ?? '').not.toContain(SECRET)
        await onlyNew.cancel(input.taskId, ownerOf(input))
        expect(await onlyNew.delete(input.taskId, ownerOf(input))).toMatchObject({ taskId: input.taskId })
      },
    )

    it('gives a worker a task with lost outputs as one that it must not run', async () => {
      const checkpoint = CONTENT.find(({ what }) => what === 'the output of a step')
      const { input, lease } = await begin(await withKeys({ keys, current: 'old' }), checkpoint!)
      await store.settle(lease, { status: 'release' })
      const { task } = await claimOne(await withKeys({ keys: { new: keys.new }, current: 'new' }), input)
      expect(task.unreadable).toMatchObject({ code: 'content_unreadable', retryable: true })
    })

    it('decrypts nothing in a task of another tenant', async () => {
      const input = await createOne(store, { payload: SECRET })
      const { payload } = await findOne(vault.bare, input)
      const stolen = await createOne(vault.bare, { tenantId: 'globex', payload })
      expect(await findOne(store, stolen)).not.toHaveProperty('payload')
    })

    it('hands the writes of an attempt over in the order of their calls, however long each takes to be encrypted', async () => {
      const codec = await guideCodec()
      const waiting: PromiseWithResolvers<void>[] = []
      const slow: PayloadCodec = {
        async encrypt(text, context) {
          const turn = Promise.withResolvers<void>()
          waiting.push(turn)
          await turn.promise
          return codec.encrypt(text, context)
        },
        decrypt: codec.decrypt,
      }
      const input = await createOne(vault.bare)
      const { lease } = await claimOne(vault.bare, input)
      const encrypting = wrap(vault.bare, slow)
      const writes = Promise.all([
        ...times(5, (index) => encrypting.report(lease, { text: { at: index, append: `${index}` } })),
        encrypting.checkpoint(lease, { step: 'channels', output: 1, text: { at: 5, append: '5' } }),
        encrypting.settle(lease, { status: 'completed', result: 1 }),
      ])
      expect(waiting).toHaveLength(8)
      for (const { resolve } of waiting.toReversed()) {
        resolve()
        await Promise.resolve()
      }
      await expect(writes).resolves.toHaveLength(7)
      expect(await textOf(encrypting, input)).toBe('012345')
    })

    it('stores nothing that cannot be encrypted, asks to repeat the call, and tells the operator once for each tenant', async () => {
      const told: [string, LogFields | undefined][] = []
      const broken = wrap(vault.bare, {
        encrypt: () => Promise.reject(new Error('The key service is away.')),
        decrypt: () => '',
      })
      const logger = { ...silentLogger, error: (message: string, facts?: LogFields) => told.push([message, facts]) }
      await broken.open({ logger })
      const input = newTask()
      for (let round = 0; round < 2; round += 1)
        await expect(broken.create({ tasks: [input] })).rejects.toMatchObject({ code: 'store_unavailable' })
      expect(await vault.bare.find([input.taskId], ownerOf(input))).toEqual([])
      const facts = { tenantId: 'acme', reason: expect.stringContaining('The key service is away.') as string }
      expect(told).toEqual([[expect.any(String), facts]])
    })

    it('refuses an encrypt() that gives no text', async () => {
      const careless = wrap(vault.bare, { encrypt: () => undefined as never, decrypt: () => '' })
      await expect(createOne(careless)).rejects.toMatchObject({ code: 'internal_error' })
    })
  })
}

async function begin(by: TaskStore, { write }: Content, overrides: Partial<NewStoredTask> = {}) {
  const input = await createOne(by, overrides)
  const { lease } = await claimOne(by, input)
  await write(by, lease)
  return { input, lease }
}
