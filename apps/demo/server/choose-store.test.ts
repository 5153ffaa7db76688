import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PGlite } from '@electric-sql/pglite'
import type { NewStoredTask, TaskStore } from '@brandkit/server-adapter'
import { expect, it, onTestFinished } from 'vitest'
import { chooseStore } from './choose-store.ts'

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
