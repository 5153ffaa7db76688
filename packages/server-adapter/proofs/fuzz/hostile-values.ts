import * as fc from 'fast-check'

const FIRST_SURROGATE = 0xd8_00
const SURROGATES = 0x8_00

/** Texts that have broken other servers: prototypes, injections, bytes that databases refuse, lines that forge logs. */
const HOSTILE_TEXTS = [
  '',
  ' ',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'null',
  'undefined',
  'NaN',
  '-1',
  '1e309',
  '9'.repeat(40),
  "' or 1=1 --",
  '"; drop schema brandkit cascade; --',
  '../../etc/passwd',
  '<script>alert(1)</script>',
  '${7*7}{{7*7}}',
  '\u0000',
  'a\u0000b',
  '\uD800',
  'x\uDFFFy',
  '\r\nset-cookie: a=b',
  '\n\nevent: end\ndata: {}\n\n',
  '\u202Egnp.exe',
  '\u2028\u2029\u0085',
  '\u001b[31mred',
  '\uFEFF',
  '😀'.repeat(100),
  'x'.repeat(201),
  'x'.repeat(10_000),
] as const

/**
 * Any character except half a surrogate pair. fast-check's own arbitrary (`unit: 'binary'`) draws the same, but builds a
 * table of all 1,112,064 characters to check membership.
 */
const character: fc.Arbitrary<string> = fc
  .nat({ max: 0x10_ff_ff - SURROGATES })
  .map((index) => String.fromCodePoint(index < FIRST_SURROGATE ? index : index + SURROGATES), toIndex)

function toIndex(text: unknown): number {
  const code = typeof text === 'string' ? text.codePointAt(0) : undefined
  // fast-check also asks about longer texts, and takes an error for a no.
  if (code === undefined || text !== String.fromCodePoint(code)) throw new TypeError('It is not one character.')
  if (code < FIRST_SURROGATE) return code
  if (code < FIRST_SURROGATE + SURROGATES) throw new TypeError('It is half a character.')
  return code - SURROGATES
}

export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...HOSTILE_TEXTS),
  fc.string({ unit: character, maxLength: 30 }),
)

/** Names of keys. `__proto__` is an ordinary key here: it never sets a prototype. */
export const hostileKey: fc.Arbitrary<string> = fc.oneof(
  hostileText,
  fc.constantFrom('userId', 'tenantId', 'role', 'taskId', 'payload', 'action', 'epoch', 'then', 'toJSON', 'length'),
)

function nested(depth: number, brackets: readonly [string, string]): unknown {
  return JSON.parse(brackets[0].repeat(depth) + brackets[1].repeat(depth))
}

export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  hostileText,
  fc.constantFrom<unknown>(null, true, [], {}, [[]], 0, -0, -1, 1.5, 1e308, Number.MAX_SAFE_INTEGER),
  // Made once: they are drawn often, and making them takes longer than refusing them.
  fc.constantFrom(...[60, 70, 3_000].map((depth) => nested(depth, ['[', ']']))),
  fc.constantFrom(...[1_000, 300_000].map((length) => 'y'.repeat(length))),
  fc.constantFrom(...[101, 5_000].map((length) => Array.from({ length }, (_, index) => `id-${index}`))),
  fc.constantFrom(
    ...[101, 5_000].map((length) => Object.fromEntries(Array.from({ length }, (_, key) => [`k${key}`, key]))),
  ),
  fc.constant(JSON.parse('{"__proto__":{"admin":true}}') as unknown),
  fc.constant(JSON.parse('{"constructor":{"prototype":{"admin":true}}}') as unknown),
  fc.jsonValue({ maxDepth: 4 }),
)

/** Text that HTTP allows in a header: Latin-1 without line breaks and NUL. */
export const headerText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom('', '*', 'null', 'a, b', '"', '""', 'W/"x"', 'é', '\u009f', 'x'.repeat(10_000), '0', 'true'),
  fc.string({ unit: character, maxLength: 30 }).map((text) => text.replaceAll(/[^\t\u0020-\u007e\u0080-\u00ff]/g, '')),
)
