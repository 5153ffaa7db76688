import { describe, expect, it } from 'vitest'
import { handled, withHandled } from './handled.js'

describe('handled', () => {
  it('gives back the promise itself, which rejects for those who await it', async () => {
    const promise = Promise.reject(new Error('No.'))
    expect(handled(promise)).toBe(promise)
    await expect(promise).rejects.toThrow('No.')
  })
})

describe('withHandled', () => {
  it('keeps what functions take, give and throw, and everything that is no function', async () => {
    const functions = withHandled({
      add: async (a: number, b: number) => a + b,
      same: (value: number) => value,
      fail: () => {
        throw new RangeError('No.')
      },
      name: 'sums',
    })
    expect(await functions.add(1, 2)).toBe(3)
    expect(functions.same(4)).toBe(4)
    expect(functions.fail).toThrow(RangeError)
    expect(functions.name).toBe('sums')
  })

  it('declares a parameter, because Deno hands a request only to a handler that declares one', () => {
    expect(withHandled({ handler: async (request: Request) => request }).handler).toHaveLength(1)
  })
})
