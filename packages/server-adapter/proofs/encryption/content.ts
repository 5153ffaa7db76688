import type { Lease, NewStoredTask, TaskStore } from '../../src/store/task-store.js'
import { claimOne, findOne } from '../../src/testing/store/new-task.js'
import { textOf } from '../../src/testing/store/text-reader.js'

/** A word that stands nowhere else. */
export const SECRET = 'nightingale'

export interface Content {
  what: string
  write: (store: TaskStore, lease: Lease) => Promise<unknown>
  read: (store: TaskStore, input: NewStoredTask, lease: Lease) => Promise<unknown>
}

const NO = { errorCode: 'generator_refused', lastError: `The ${SECRET} refused.` } as const

/** The places of what users and models write, beside the payload. */
export const CONTENT: readonly Content[] = [
  {
    what: 'a result',
    write: (store, lease) => store.settle(lease, { status: 'completed', result: { of: [SECRET] } }),
    read: async (store, input) => (await findOne(store, input)).result,
  },
  {
    what: 'a partial result',
    write: (store, lease) => store.report(lease, { partialResult: { of: [SECRET] } }),
    read: async (store, input) => (await findOne(store, input)).partialResult,
  },
  {
    what: 'a failure',
    write: (store, lease) => store.settle(lease, { status: 'failed', ...NO }),
    read: async (store, input) => (await findOne(store, input)).lastError,
  },
  {
    what: 'the output of a step',
    write: (store, lease) => store.checkpoint(lease, { step: 'channels', output: SECRET }),
    read: readOutputs,
  },
  {
    what: 'the output of an item',
    write: (store, lease) =>
      store.checkpoint(lease, { step: 'channels', item: 'one', items: { done: 1, total: 2 }, output: SECRET }),
    read: readOutputs,
  },
  {
    what: 'a streamed text',
    write: async (store, lease) => {
      await store.report(lease, { text: { at: 0, append: 'The ' } })
      await store.checkpoint(lease, { step: 'channels', output: 1, text: { at: 4, append: `${SECRET} ` } })
      await store.report(lease, { text: { at: 4, append: `${SECRET} sings` } })
    },
    read: (store, input) => textOf(store, input),
  },
  {
    what: 'the end of a text',
    write: (store, lease) => store.settle(lease, { status: 'completed', result: 1, text: { at: 0, append: SECRET } }),
    read: (store, input) => textOf(store, input),
  },
]

async function readOutputs(store: TaskStore, input: NewStoredTask, lease: Lease): Promise<unknown> {
  await store.settle(lease, { status: 'retry', delayMs: 0, errorCode: 'generator_failed', lastError: 'No.' })
  return [...(await claimOne(store, input)).checkpoints.values()]
}
