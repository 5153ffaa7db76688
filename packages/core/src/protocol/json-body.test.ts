import { describe, expect, it } from 'vitest'
import { parseJsonObject, writeJsonObject } from './json-body.js'

const object = (keys: number) => Object.fromEntries(Array.from({ length: keys }, (_, key) => [`k${key}`, key]))

describe('parseJsonObject', () => {
  it('takes as many keys as a large batch has, and long lists', () => {
    expect(() => parseJsonObject(JSON.stringify({ a: object(10_000), b: object(9_000) }))).not.toThrow()
    expect(() => parseJsonObject(JSON.stringify({ a: Array.from({ length: 100_000 }, () => 0) }))).not.toThrow()
  })

  it.each([
    ['{"payload":{"ids":[1,2,3,9007199254740993]}}', 'payload.ids[3]', ['payload', 'ids', 3]],
    ['{"a":{"b":[[{"c":-9007199254740992}]]}}', 'a.b[0][0].c', ['a', 'b', 0, 0, 'c']],
    ['{"a":1e300,"b":9007199254740993.0}', 'b', ['b']],
    ['{"9007199254740993":"\\\\\\"9007199254740993","b":[0,9007199254740993]}', 'b[1]', ['b', 1]],
    ['{"a":"9007199254740993","b":99999999999999999999999999}', 'b', ['b']],
    ['{"a":9007199254740993e0}', 'a', ['a']],
    ['{"a":[1e20,12345678901234567890e0]}', 'a[1]', ['a', 1]],
    ['{"a":-90071992547409930e-1}', 'a', ['a']],
    ['{"a":9.007199254740993E+15}', 'a', ['a']],
    ['{"a":1e300,"b":{"c":[1e400]}}', 'b.c[0]', ['b', 'c', 0]],
    ['{"a":-1e400}', 'a', ['a']],
  ])('refuses an integer that would be rounded, and says where: %s', (text, place, path) => {
    expect(() => parseJsonObject(text)).toThrow(
      expect.objectContaining({
        code: 'invalid_request',
        message: expect.stringContaining(`at ${place} `) as string,
        issues: [{ path, message: 'Send this number as text.' }],
      }),
    )
  })

  it.each([
    '{"a":9007199254740991,"b":-9007199254740991}',
    '{"a":1e300,"b":-1E20,"c":0.1,"d":123.4567890123456789}',
    '{"a":"9007199254740993","b":"\\\\","c":"\\\"9007199254740993"}',
    '{"a":9007199254740993,"a":1}',
    '{"a":1e400,"a":1,"b":"1e400"}',
    '{"a":1.7976931348623157e308,"b":9007199254740992e0,"c":100e19,"d":0.10e22,"e":1e-400,"f":0e400}',
  ])('takes every other number: %s', (text) => {
    expect(parseJsonObject(text)).toEqual(JSON.parse(text))
  })

  it('reads a number with half a million zeros in no time, and exactly', () => {
    const zeros = '0'.repeat(500_000)
    expect(parseJsonObject(`{"a":1${zeros}e-499980}`)).toEqual({ a: 1e20 })
    expect(() => parseJsonObject(`{"a":1${zeros}1e-499981}`)).toThrow('at a cannot be taken')
  })

  it('refuses more keys, also when each object has few', () => {
    const many = { a: Array.from({ length: 5_000 }, () => object(5)) }
    for (const body of [object(20_001), many])
      expect(() => parseJsonObject(JSON.stringify(body))).toThrow('more than 20000 keys')
  })

  it.each(['{"__proto__":{}}', '{"a":[{"b":{"__proto__":1}}]}', '{"\\u005f_proto__":{}}'])(
    'refuses a prototype, wherever it is and however it is written: %s',
    (text) => {
      expect(() => parseJsonObject(text)).toThrow('"__proto__"')
    },
  )
})

describe('writeJsonObject', () => {
  it('names a BigInt, also in an input that goes in circles', () => {
    const input: Record<string, unknown> = { payload: { name: 'May' } }
    input['self'] = input
    expect(() => writeJsonObject(input)).toThrow('it holds a cycle')
    input['payload'] = { ids: [0, { id: 1n }] }
    expect(() => writeJsonObject(input)).toThrow(
      expect.objectContaining({
        code: 'invalid_request',
        message: 'The number at payload.ids[1].id cannot be taken: JSON knows no BigInt. Send it as text.',
      }),
    )
  })
})
