import { defineTask, defineTasks, silentLogger } from '@brandkit/core'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import * as z from 'zod'
import { createTaskServer } from '../../create-task-server.js'
import { memoryQueue, memoryStore } from '../../memory.js'

const ADA = { userId: 'ada', brandIds: '*' } as const
const noun = z.object({ of: z.string() })

async function studio() {
  const { promise: finished, resolve: finish } = Promise.withResolvers<void>()
  const server = createTaskServer({
    catalog: defineTasks({
      KIT: defineTask({ title: () => 'Kit', payload: z.object({}), steps: {}, result: noun, maxRetries: 0 }),
      PLAN: defineTask({ title: () => 'Plan', payload: z.object({}), steps: {}, result: noun }),
    }),
    store: memoryStore(),
    queue: memoryQueue(),
    authenticate: () => null,
    generators: {
      async KIT() {
        await finished
        return { of: 'Aurora' }
      },
      PLAN: ({ previous }) => ({ of: previous.map(({ type, result }) => `${type} ${noun.parse(result).of}`).join() }),
    },
    logger: silentLogger,
  })
  await server.start()
  onTestFinished(() => {
    // A kit that is cancelled may still be in the making, and the stop would wait for it.
    finish()
    return server.stop()
  })
  const create = (type: 'KIT' | 'PLAN', after?: string[], who: typeof ADA | { userId: 'grace'; brandIds: '*' } = ADA) =>
    server.as(who).create({ type, brandId: 'aurora', payload: {}, ...(after && { after }) } as never)
  return { server, create, finish }
}

describe('a task after another', () => {
  it('waits for it, and reads its result', async () => {
    const { server, create, finish } = await studio()
    const kit = await create('KIT')
    const plan = await create('PLAN', [kit.taskId])
    expect(plan).toMatchObject({ status: 'queued', waitsFor: [{ taskId: kit.taskId, title: 'Kit' }] })
    finish()
    expect(await server.as(ADA).waitFor(plan.taskId)).toMatchObject({
      status: 'completed',
      result: { of: 'KIT Aurora' },
    })
    const late = await create('PLAN', [kit.taskId])
    expect(await server.as(ADA).waitFor(late.taskId)).toMatchObject({ result: { of: 'KIT Aurora' } })
  })

  it('fails when that is cancelled', async () => {
    const { server, create } = await studio()
    const kit = await create('KIT')
    const plan = await create('PLAN', [kit.taskId])
    await server.as(ADA).cancel(kit.taskId)
    await vi.waitFor(async () =>
      expect(await server.as(ADA).getStatus(plan.taskId)).toMatchObject({
        status: 'failed',
        errorCode: 'dependency_failed',
      }),
    )
  })

  it('is tried again behind the retry of that, and reads its result', async () => {
    const { server, create, finish } = await studio()
    const ada = server.as(ADA)
    const kit = await create('KIT')
    const plan = await create('PLAN', [kit.taskId])
    await ada.cancel(kit.taskId)
    await ada.waitFor(plan.taskId).catch(() => {})
    await expect(ada.retry(plan.taskId)).rejects.toMatchObject({ code: 'dependency_failed', taskId: kit.taskId })
    const again = await ada.retry(kit.taskId)
    const planAgain = await ada.retry(plan.taskId)
    expect(planAgain).toMatchObject({ retryOf: plan.taskId, waitsFor: [{ taskId: again.taskId }] })
    finish()
    expect(await ada.waitFor(planAgain.taskId)).toMatchObject({ result: { of: 'KIT Aurora' } })
  })

  it('takes a foreign task for one that does not exist', async () => {
    const { create } = await studio()
    const kit = await create('KIT')
    const refusals = await Promise.all(
      [kit.taskId, '01990000-0000-7000-8000-000000000000'].map((id) =>
        create('PLAN', [id], { userId: 'grace', brandIds: '*' }).catch((error: unknown) => error),
      ),
    )
    for (const refusal of refusals)
      expect(refusal).toMatchObject({ code: 'invalid_payload', status: 422, issues: [{ path: ['after', 0] }] })
  })
})
