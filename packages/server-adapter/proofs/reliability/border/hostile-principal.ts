import * as fc from 'fast-check'
import { hostileValue } from '../../fuzz/hostile-values.js'

/** The fields of the victims, so that drawn principals are near misses of them. */
export const VICTIM = { tenantId: 'acme', userId: 'ada', brandId: 'aurora' } as const

/** Values that a careless `authenticate` returns: nothing, numbers, rows, and texts that stores cannot keep. */
const careless: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(undefined, null, '', ' ', 0, 42, 42n, NaN, true, false, [], {}, '*', ['*'], '%', '_', '0'),
  fc.constantFrom<unknown>('a\u0000', 'ada\u0000', '\uD800', 'ada\uDFFF', 'ö'.repeat(300), 'undefined', 'null', 'Ada'),
  fc.constantFrom<unknown>(Symbol('ada'), () => 'ada', new Date(0), new Map(), Promise.resolve('ada')),
  hostileValue,
)

/** Values that resemble a victim's field but differ from it. */
function lookalikes(text: string): fc.Arbitrary<unknown> {
  return fc.constantFrom<unknown>(
    [text],
    Object(text),
    { toString: () => text },
    { [Symbol.toPrimitive]: () => text },
    new Set([text]),
    { 0: text, length: 1, includes: () => true },
  )
}

const eve = fc.constantFrom('eve', 'eve@example.com', 'auth0|5f7c', '日本', '😀')

const WRONG_KEYS = ['tenantId', 'userId', 'brandIds', 'actorId', 'tier', 'role', 'maxPriority', 'plan'] as const

/** A valid principal of another user than the victim. */
const right = fc.record({
  tenantId: fc.constantFrom(VICTIM.tenantId, 'globex'),
  userId: eve,
  brandIds: fc.constantFrom<unknown>('*', ['borealis'], ['a', 'aurora'], []),
})

const wrong = fc.record(
  {
    tenantId: fc.oneof(lookalikes(VICTIM.tenantId), careless),
    userId: fc.oneof(lookalikes(VICTIM.userId), careless),
    brandIds: fc.oneof(
      fc.constantFrom<unknown>('aurora', 'a', '', ['*', 3], [undefined]),
      lookalikes(VICTIM.brandId),
      careless,
    ),
    actorId: fc.oneof(eve, careless),
    tier: fc.oneof(fc.constantFrom('premium', 'basic'), careless),
    role: fc.oneof(fc.constantFrom<unknown>('operator', ['operator'], Object('operator'), 'admin', true), careless),
    maxPriority: fc.oneof(fc.constantFrom('low', 'normal', 'high', 'highest'), careless),
    plan: careless,
  },
  { requiredKeys: [] },
)

/** A valid principal with up to two wrong fields. */
const fields = fc.tuple(right, wrong, fc.subarray([...WRONG_KEYS], { maxLength: 2 })).map(([base, drawn, keys]) => {
  const chosen = Object.entries(drawn).filter(([key]) => keys.includes(key as (typeof keys)[number]))
  return Object.fromEntries<unknown>([...Object.entries(base), ...chosen])
})

/** A real operator of the victim's tenant may see everything there, so is not hostile. */
const isOperatorThere = ({ tenantId, role }: Record<string, unknown>) =>
  tenantId === VICTIM.tenantId && role === 'operator'

function throwing(): never {
  throw new Error('this accessor throws')
}

const plain = (given: object): unknown => given

/** The ways to pass the fields. */
const SHAPES: readonly ((given: object) => unknown)[] = [
  plain,
  (given) => Object.assign(Object.create(null) as object, given),
  (given) => Object.freeze({ ...given }),
  (given) => Object.create(given) as unknown,
  // As `JSON.parse` makes it: an own key `__proto__`, which a careless copy turns into a prototype.
  (given) =>
    Object.defineProperty({ ...given }, '__proto__', { value: { ...VICTIM, role: 'operator' }, enumerable: true }),
  (given) => Object.defineProperty({ ...given }, 'userId', { get: throwing, enumerable: true }),
  (given) => Object.defineProperty({ ...given }, 'role', { get: throwing, enumerable: true }),
  (given) => new Proxy(given, { get: throwing }),
  (given) => new Proxy(given, { ownKeys: throwing, getOwnPropertyDescriptor: throwing }),
  (given) => new Proxy(given, {}),
  revoked,
  (given) => [given],
  () => JSON.stringify(VICTIM),
  (given) => Object.assign(() => {}, given),
  (given) => new Map(Object.entries(given)),
]

function revoked(given: object): unknown {
  const { proxy, revoke } = Proxy.revocable(given, {})
  revoke()
  return proxy
}

/**
 * Values that an app's `authenticate` may return by mistake or malice: never a valid principal of the victim or an operator
 * of the victim's tenant, sometimes a valid principal of another user. A function, since fast-check inspects values.
 */
export const hostilePrincipal: fc.Arbitrary<() => unknown> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .tuple(
        fields.filter((given) => !isOperatorThere(given)),
        fc.oneof({ weight: 5, arbitrary: fc.constant(plain) }, fc.constantFrom(...SHAPES)),
      )
      .map(
        ([given, shape]) =>
          () =>
            shape(given),
      ),
  },
  { weight: 1, arbitrary: careless.map((given) => () => given) },
)
