import { createLogger, defineTask, defineTasks, type TaskDefinition } from '@brandkit/core'
import * as fc from 'fast-check'
import * as z from 'zod'
import { memoryQueue, memoryStore } from '../../../src/memory.js'
import type { TaskServerOptions } from '../../../src/task-server-options.js'
import { THROWABLE_NAMES, throwAs, type ThrowableName } from './throwables.js'

/** Values that JavaScript lets an app write instead of a number, by name. */
const NUMBERS = {
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  '-Infinity': Number.NEGATIVE_INFINITY,
  '-1': -1,
  '0': 0,
  '0.5': 0.5,
  '1': 1,
  '30': 30,
  '2147483648': 2 ** 31,
  '1e13': 1e13,
  '1e308': 1e308,
  'a text': '5000',
  null: null,
  undefined: undefined,
  'a bigint': 5n,
  'an object': {},
  'a list': [5],
} as const
type NumberName = keyof typeof NUMBERS

/** Every numeric option of an app, by its path. */
const NUMERIC_OPTIONS = [
  'concurrency',
  'invocationBudgetMs',
  'timings.leaseMs',
  'timings.beatMs',
  'timings.maintenanceMs',
  'timings.drainMs',
  'timings.retentionMs',
  'timings.tombstoneMs',
  'timings.timeToLiveMs',
  'timings.streamMs',
  'timings.reauthenticateMs',
  'limits.createPerMinute',
  'limits.activePerUser',
  'limits.queued',
  'limits.runningPerUser',
  'tiers.free.createPerMinute',
  'tiers.free.activePerUser',
  'catalog.maxRetries',
  'catalog.timeoutMs',
  'catalog.timeToLiveMs',
  'catalog.deadlineMs',
  'catalog.concurrency',
  'catalog.version',
  'catalog.steps.only.weight',
] as const
type NumericOption = (typeof NUMERIC_OPTIONS)[number]

/** Functions of the app that the server calls. */
const CALLBACKS = ['authenticate', 'authorize', 'onEvent', 'title', 'createLimiter', 'log', 'backoff'] as const
type Callback = (typeof CALLBACKS)[number]
type Behaviour = { throws: ThrowableName } | { rejects: ThrowableName } | { gives: NumberName }

export interface DrawnOptions {
  numbers: readonly { option: NumericOption; value: NumberName }[]
  callbacks: readonly { callback: Callback; behaviour: Behaviour }[]
}

const throwable = fc.constantFrom(...THROWABLE_NAMES)
const numberName = fc.constantFrom(...(Object.keys(NUMBERS) as NumberName[]))

export const drawnOptions: fc.Arbitrary<DrawnOptions> = fc.record({
  numbers: fc.array(fc.record({ option: fc.constantFrom(...NUMERIC_OPTIONS), value: numberName }), { maxLength: 2 }),
  callbacks: fc.array(
    fc.record({
      callback: fc.constantFrom(...CALLBACKS),
      behaviour: fc.oneof(
        fc.record({ throws: throwable }),
        fc.record({ rejects: throwable }),
        fc.record({ gives: numberName }),
      ),
    }),
    { maxLength: 1 },
  ),
})

function behave(behaviour: Behaviour): unknown {
  if ('throws' in behaviour) throwAs(behaviour.throws)
  if ('gives' in behaviour) return NUMBERS[behaviour.gives]
  return (async () => throwAs(behaviour.rejects))()
}

function setIn(target: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [key = '', ...rest] = path
  if (rest.length === 0) {
    target[key] = value
    return
  }
  target[key] = { ...(target[key] as object | undefined) }
  setIn(target[key] as Record<string, unknown>, rest, value)
}

/** The options of a small server whose one task succeeds, plus the drawn changes. */
export function toOptions({ numbers, callbacks }: DrawnOptions): TaskServerOptions<{ ONLY: TaskDefinition }> {
  const misbehaving = new Map(callbacks.map(({ callback, behaviour }) => [callback, () => behave(behaviour) as never]))
  const own = <F>(callback: Callback, otherwise: F): F => (misbehaving.get(callback) as F | undefined) ?? otherwise
  const tree: Record<string, unknown> = {
    catalog: {
      title: own('title', () => 'Only'),
      payload: z.strictObject({}),
      result: z.strictObject({}),
      steps: { only: { title: 'Only', output: z.null() } },
      maxRetries: 1,
    },
    timings: { drainMs: 1 },
    limits: misbehaving.has('createLimiter')
      ? { createPerMinute: 100, createLimiter: () => ({ consume: misbehaving.get('createLimiter') }) }
      : {},
    backoff: { boundMs: () => 1, delayMs: own('backoff', () => 1) },
  }
  for (const { option, value } of numbers) setIn(tree, option.split('.'), NUMBERS[value])
  const { catalog, ...rest } = tree as { catalog: TaskDefinition }
  return {
    store: memoryStore(),
    queue: memoryQueue(),
    authenticate: own('authenticate', () => ({ userId: 'ada', brandIds: '*' as const, tier: 'free' })),
    authorize: own('authorize', () => 'own' as const),
    onEvent: own('onEvent', () => {}),
    generators: {
      async ONLY({ step, attempt }) {
        await step('only', () => null)
        if (attempt === 1) throw new Error('The first attempt fails, so that the backoff is asked.')
        return {}
      },
    },
    logger: createLogger({ sink: own('log', () => {}) }),
    ...rest,
    catalog: defineTasks({ ONLY: defineTask(catalog) }),
  }
}
