import * as fc from 'fast-check'
import { THROWABLE_NAMES, type ThrowableName } from './throwables.js'

/** `unawaited` ignores the promise; `caught` awaits it and continues after any error. */
export type How = 'awaited' | 'unawaited' | 'caught'

/** Made once and flat: `repeat` gives a tree of pieces, which each use would join again. */
const MEGABYTE = Buffer.alloc(1_100_000, 'x').toString()

export const HOSTILE_VALUES = {
  'plain data': () => ({ so: ['far'] }),
  nothing: () => undefined,
  'a bigint': () => 1n,
  'a cycle': () => {
    const loop: { loop?: object } = {}
    loop.loop = loop
    return loop
  },
  'a toJSON that throws': () => ({
    toJSON() {
      throw new Error('hunter2')
    },
  }),
  'half a surrogate pair': () => '\ud800',
  'a NUL': () => '\u0000',
  'a megabyte': () => MEGABYTE,
  'nested too deep': () => JSON.parse('['.repeat(3_000) + ']'.repeat(3_000)) as unknown,
  'a revoked proxy': () => {
    const { proxy, revoke } = Proxy.revocable({}, {})
    revoke()
    return proxy
  },
} satisfies Record<string, () => unknown>
type HostileValueName = keyof typeof HOSTILE_VALUES

export type Act =
  | { do: 'progress'; percent: number; how: How }
  | { do: 'partial'; value: HostileValueName; how: How }
  /** An unawaited step has a key of its own: with a shared key the result would depend on timing. */
  | { do: 'step'; body: StepBody; how: How; calls: number }
  /** Reports every millisecond and never stops, even after the end. */
  | { do: 'interval' }
  /** Calls everything again when the attempt is over. */
  | { do: 'late' }

/** `nested`: runs another step inside; `itself`: waits for its own result. */
export type StepBody = 'good' | 'misfit' | 'nested' | 'itself' | { throws: ThrowableName } | { gives: HostileValueName }

type End =
  | 'result'
  | 'misfit'
  | { throws: ThrowableName }
  | { gives: HostileValueName }
  /** Never ends: `deaf` to its signal, or `heeding` it. */
  | 'deaf'
  | 'heeding'

export interface Misbehaviour {
  maxRetries: number
  acts: readonly Act[]
  end: End
  /** The user cancels after this many looks. */
  cancelAfter: number | null
}

const HOSTILE_NUMBERS = [Number.NaN, Number.POSITIVE_INFINITY, -1, 101, 1e308, 5e-324]
const throwable = fc.constantFrom(...THROWABLE_NAMES)
const hostileValue = fc.constantFrom(...(Object.keys(HOSTILE_VALUES) as HostileValueName[]))
const throws = fc.record({ throws: throwable })
const gives = fc.record({ gives: hostileValue })
const stepBody: fc.Arbitrary<StepBody> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom<StepBody[]>('good', 'misfit', 'nested', 'itself') },
  { weight: 1, arbitrary: throws },
  { weight: 1, arbitrary: gives },
)

function actDone(how: fc.Arbitrary<How>): fc.Arbitrary<Act> {
  return fc.oneof(
    fc.record({
      do: fc.constant('progress' as const),
      percent: fc.oneof(fc.integer({ min: 0, max: 100 }), fc.constantFrom(...HOSTILE_NUMBERS)),
      how,
    }),
    fc.record({ do: fc.constant('partial' as const), value: hostileValue, how }),
    fc.record({ do: fc.constant('step' as const), body: stepBody, how, calls: fc.integer({ min: 1, max: 3 }) }),
    fc.record({ do: fc.constant('interval' as const) }),
    fc.record({ do: fc.constant('late' as const) }),
  )
}

const cancelAfter = fc.option(fc.nat(3), { freq: 4 })
const ending: fc.Arbitrary<Misbehaviour> = fc.record({
  maxRetries: fc.nat(2),
  acts: fc.array(actDone(fc.constantFrom<How[]>('awaited', 'unawaited', 'caught')), { maxLength: 4 }),
  end: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom<End[]>('result', 'misfit') },
    { weight: 3, arbitrary: throws },
    { weight: 1, arbitrary: gives },
  ),
  cancelAfter,
})
/** How far an endless attempt gets depends on the machine, so none of its acts may fail it. */
const endless: fc.Arbitrary<Misbehaviour> = fc.record({
  maxRetries: fc.nat(1),
  acts: fc.array(actDone(fc.constantFrom<How[]>('unawaited', 'caught')), { maxLength: 3 }),
  end: fc.constantFrom<End[]>('deaf', 'heeding'),
  cancelAfter,
})

export const misbehaviour: fc.Arbitrary<Misbehaviour> = fc.oneof(
  { weight: 9, arbitrary: ending },
  { weight: 1, arbitrary: endless },
)

export function isEndless({ end }: Misbehaviour): boolean {
  return end === 'deaf' || end === 'heeding'
}
