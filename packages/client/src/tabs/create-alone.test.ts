import { type CreateTask, silentLogger, type TaskJson } from '@brandkit/core'
import { expect, it, vi } from 'vitest'
import { createOutbox } from '../outbox.js'
import { createStorage } from '../storage.fixture.js'
import { createAlone } from './create-alone.js'

const input = {} as CreateTask
const task = {} as TaskJson

it('sends under a key in one tab at a time: another one has no answer yet, and keeps what it has', async () => {
  const server = new EventTarget()
  const answer = () => server.dispatchEvent(new Event('answer'))
  const pending = new Promise<TaskJson>((resolve) => {
    server.addEventListener('answer', () => resolve(task))
  })
  const keys: (string | undefined)[] = []
  const create = createAlone('a-test', async (_input, options) => {
    keys.push(options?.idempotencyKey)
    return pending
  })
  const first = create(input, { idempotencyKey: 'one' })
  await expect.poll(() => keys).toEqual(['one'])
  await expect(create(input, { idempotencyKey: 'one' })).rejects.toMatchObject({ code: 'network_error' })
  const second = create(input, { idempotencyKey: 'two' })
  await expect.poll(() => keys).toEqual(['one', 'two'])
  answer()
  expect(await Promise.all([first, second])).toEqual([task, task])
  expect(await create(input, { idempotencyKey: 'one' })).toBe(task)
})

it('is how the outboxes of two tabs send an entry that both of them have', async () => {
  const storage = createStorage()
  const reply = Promise.withResolvers<TaskJson>()
  const wire = { create: vi.fn(async () => reply.promise) }
  const open = () => createOutbox({ wire, userId: 'ada', storage, logger: silentLogger })
  const [tab, other] = [open(), open()]
  const creating = tab.create({ type: 'GENERATE_TRENDS', brandId: 'aurora' } as CreateTask)
  await other.flush()
  expect(other.entries()).toMatchObject([{ state: 'waiting' }])
  reply.resolve(task)
  await creating
  await other.flush()
  expect(wire.create).toHaveBeenCalledOnce()
})
