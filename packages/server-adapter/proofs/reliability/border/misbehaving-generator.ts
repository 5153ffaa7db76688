import { defineTask, defineTasks } from '@brandkit/core'
import * as z from 'zod'
import type { Generators } from '../../../src/runtime/running/generator.js'
import { type Act, HOSTILE_VALUES, type How, type Misbehaviour, type StepBody } from './misbehaviour.js'
import { THROWABLES, throwAs } from './throwables.js'

const definition = {
  title: ({ payload }: { payload: { plan: string } }) => payload.plan,
  payload: z.strictObject({ plan: z.string() }),
  result: z.strictObject({ plan: z.string() }),
  steps: {
    awaited: { title: 'Awaited', output: z.literal('good') },
    within: { title: 'Within another', output: z.literal('good') },
    aside: { title: 'Unawaited', output: z.literal('good') },
  },
  maxRetries: 2,
} as const

/** Two types with different time-outs: only endless generators reach the short one, even on a slow machine. */
export const misbehavingTasks = defineTasks({
  ENDS: defineTask({ ...definition, timeoutMs: 60_000 }),
  ENDLESS: defineTask({ ...definition, timeoutMs: 40 }),
})
type Context = Parameters<NonNullable<Generators<typeof misbehavingTasks>['ENDS']>>[0]

type Good = 'good'
const good = (): Good => 'good'

export interface MisbehavingGenerators {
  generators: Generators<typeof misbehavingTasks>
  /** The generator finds its plan by the name in the payload. */
  plans: Map<string, Misbehaviour>
  /** Calls the kept contexts after their end, and then stops all intervals. */
  cleanUp(): Promise<void>
}

export function createMisbehavingGenerators(): MisbehavingGenerators {
  const plans = new Map<string, Misbehaviour>()
  const intervals = new Set<NodeJS.Timeout>()
  const late: Context[] = []

  function runStep({ step }: Context, key: 'awaited' | 'aside', body: StepBody): Promise<unknown> {
    const run = async () => {
      if (typeof body === 'object' && 'throws' in body) throwAs(body.throws)
      if (typeof body === 'object') return HOSTILE_VALUES[body.gives]()
      if (body === 'nested') return step('within', good)
      if (body === 'itself') return step(key, good)
      return body
    }
    return step(key, run as () => Promise<Good>)
  }

  async function perform(act: Act, context: Context): Promise<void> {
    const { progress, partial } = context
    if (act.do === 'progress') await call(() => progress(act.percent), act.how)
    if (act.do === 'partial') await call(() => partial(HOSTILE_VALUES[act.value]()), act.how)
    if (act.do === 'late') late.push(context)
    if (act.do === 'interval') {
      let count = 0
      intervals.add(
        setInterval(() => {
          void progress(++count)
          void partial({ count })
        }, 1),
      )
    }
    if (act.do !== 'step') return
    const key = act.how === 'unawaited' ? 'aside' : 'awaited'
    await Promise.all(
      Array.from({ length: act.calls }, async () => call(() => runStep(context, key, act.body), act.how)),
    )
  }

  async function generate(context: Context): Promise<{ plan: string }> {
    const plan = plans.get(context.payload.plan)
    if (!plan) throw new Error(`There is no plan ${context.payload.plan}.`)
    for (const act of plan.acts) await perform(act, context)
    return endAs(plan.end, context)
  }

  return {
    generators: { ENDS: generate, ENDLESS: generate },
    plans,
    async cleanUp() {
      for (const { progress, partial, step } of late.splice(0)) {
        void progress(50)
        void partial({ late: true })
        void step('aside', () => throwAs('a revoked proxy'))
        void step('awaited', good)
      }
      for (const interval of intervals) clearInterval(interval)
      intervals.clear()
    },
  }
}

async function call(work: () => Promise<unknown>, how: How): Promise<void> {
  const promise = work()
  if (how === 'awaited') await promise
  if (how === 'caught') await promise.catch(() => {})
}

function endAs(end: Misbehaviour['end'], { payload, signal }: Context): Promise<{ plan: string }> | { plan: string } {
  if (end === 'result') return { plan: payload.plan }
  if (end === 'misfit') return { plan: 1 } as never
  if (end === 'deaf') return new Promise(() => {})
  if (end === 'heeding')
    return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)))
  if ('throws' in end) return Promise.reject(THROWABLES[end.throws]())
  return HOSTILE_VALUES[end.gives]() as never
}
