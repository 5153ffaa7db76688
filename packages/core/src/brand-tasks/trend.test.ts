import { describe, expect, it } from 'vitest'
import { trendFields } from './trend.schema.js'

describe('trendSource', () => {
  it.each(['https://example.com/a?b=c', 'http://example.com'])('accepts %s', (url) => {
    expect(trendFields.trendSource.safeParse({ title: 'A', url }).success).toBe(true)
  })

  it.each(['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', '//example.com', 'example'])(
    'refuses %s, which must not become a link',
    (url) => {
      expect(trendFields.trendSource.safeParse({ title: 'A', url }).success).toBe(false)
    },
  )
})
