import type { CreateTask, TaskJson } from '@brandkit/core'
import { expect, it } from 'vitest'
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
