import { describe, expect, it, vi } from 'vitest'
import * as z from 'zod'
import { lazily } from './lazily.js'

describe('lazily', () => {
  it('makes the object once, when something first reads it', () => {
    const make = vi.fn(() => ({ title: 'Report', weight: 2 }))
    const stand = lazily(make)
    expect(make).not.toHaveBeenCalled()
    expect(stand.title).toBe('Report')
    expect('weight' in stand).toBe(true)
    expect({ ...stand }).toEqual({ title: 'Report', weight: 2 })
    expect(make).toHaveBeenCalledOnce()
  })

  it('stands for a schema in every way that schemas are used', () => {
    const point = lazily(() => z.strictObject({ x: z.number(), y: z.number().default(0) }))
    expect(point).toBeInstanceOf(z.ZodObject)
    expect(Object.keys(point.shape)).toEqual(['x', 'y'])
    expect(point.parse({ x: 1 })).toEqual({ x: 1, y: 0 })
    expect(point.extend({ z: z.number() }).safeParse({ x: 1 }).success).toBe(false)
    const nested = z.union([z.array(point), z.object({ point: point.optional() })])
    expect(nested.parse([{ x: 1 }])).toEqual([{ x: 1, y: 0 }])
    expect(nested.safeParse([{ x: 1, colour: 'red' }]).success).toBe(false)
    expect(z.toJSONSchema(point)).toMatchObject({ type: 'object', required: ['x', 'y'] })
  })
})
