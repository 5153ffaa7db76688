import { describe, expect, it, vi } from 'vitest'
import { createTraceId, fromTraceparent, toTraceparent } from './trace-id.js'

const ID = '0af7651916cd43dd8448eb211c80319c'

describe('trace ids', () => {
  it('are 32 hex digits, another each time', () => {
    expect(createTraceId()).toMatch(/^[0-9a-f]{32}$/)
    expect(createTraceId()).not.toBe(createTraceId())
  })

  const { getRandomValues } = crypto
  it.each([
    ['a page over plain http, without randomUUID', { getRandomValues: getRandomValues.bind(crypto) }],
    ['a WebView without any crypto', undefined],
  ])('are as long in %s', (_place, crypto) => {
    vi.stubGlobal('crypto', crypto)
    expect(createTraceId()).toMatch(/^[0-9a-f]{32}$/)
    expect(createTraceId()).not.toBe(createTraceId())
  })

  it('travel in a traceparent and come back', () => {
    expect(toTraceparent(ID)).toMatch(new RegExp(`^00-${ID}-[0-9a-f]{16}-01$`))
    expect(fromTraceparent(toTraceparent(ID))).toBe(ID)
  })

  it('are read from a later version that appends fields', () => {
    expect(fromTraceparent(`01-${ID}-b7ad6b7169203331-01-more`)).toBe(ID)
  })

  it.each([
    ['missing', null],
    ['empty', ''],
    ['of no version', `ff-${ID}-b7ad6b7169203331-01`],
    ['of zeros', `00-${'0'.repeat(32)}-b7ad6b7169203331-01`],
    ['with a parent of zeros', `00-${ID}-${'0'.repeat(16)}-01`],
    ['in upper case', `00-${ID.toUpperCase()}-b7ad6b7169203331-01`],
    ['longer than its version allows', `00-${ID}-b7ad6b7169203331-01-more`],
    ['followed by a forged line', `00-${ID}-b7ad6b7169203331-01\n`],
    ['hidden in a longer text', `x00-${ID}-b7ad6b7169203331-01`],
  ])('are not read from a header that is %s', (_what, header) => {
    expect(fromTraceparent(header)).toBeNull()
  })
})
