import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toStorableJson } from './storable-json.js'

const options = {
  what: 'It',
  maxBytes: 1_000,
  code: 'result_unserializable',
  tooLargeCode: 'payload_too_large',
} as const

describe('toStorableJson', () => {
  it('gives back what JSON can express', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value)
        fc.pre(text.length < 300 && !/\\u0000|\\ud[89a-f]/i.test(text))
        expect(toStorableJson(value, options)).toEqual(JSON.parse(text))
      }),
    )
  })

  it('is not fooled by text that looks like an escape', () => {
    expect(toStorableJson({ a: '\\u0000', b: '\\\\ud800' }, options)).toEqual({ a: '\\u0000', b: '\\\\ud800' })
  })

  it('takes a whole surrogate pair', () => {
    expect(toStorableJson('😀', options)).toBe('😀')
  })

  it.each([
    ['a NUL', '\u0000'],
    ['a NUL after a backslash', '\\\u0000'],
    ['half a pair', 'a\ud83d'],
    ['the other half as a key', { '\ude00': 1 }],
    ['a cycle', cycle()],
    ['a BigInt', 1n],
    ['a function', () => 1],
    ['nothing', undefined],
  ])('refuses %s', (_, value) => {
    expect(() => toStorableJson(value, options)).toThrow(expect.objectContaining({ code: 'result_unserializable' }))
  })

  it('counts bytes, not characters', () => {
    expect(() => toStorableJson('ü'.repeat(600), options)).toThrow(
      expect.objectContaining({ code: 'payload_too_large' }),
    )
  })
})

function cycle(): object {
  const value: { self?: object } = {}
  value.self = value
  return value
}
