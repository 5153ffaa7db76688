import { expect, it } from 'vitest'
import { formatDuration, formatRelative, toLabel } from './format-quantity.ts'

it('toLabel says a value of the catalog in words', () => {
  expect(toLabel('short-video')).toBe('Short video')
  expect(toLabel('out-of-home')).toBe('Out of home')
  expect(toLabel('awe')).toBe('Awe')
})

it('formatRelative says how long ago a moment was, and the day of older ones', () => {
  const now = Date.UTC(2026, 10, 30, 12)
  const ago = (ms: number) => formatRelative(new Date(now - ms), now)
  expect([ago(20_000), ago(61_000), ago(3 * 3_600_000), ago(26 * 3_600_000)]).toEqual([
    'now',
    '1 minute ago',
    '3 hours ago',
    'yesterday',
  ])
  expect(ago(20 * 86_400_000)).toBe('Nov 10, 2026')
})

it('formatDuration is short', () => {
  expect([formatDuration(850), formatDuration(4_230), formatDuration(185_000)]).toEqual([
    '850 ms',
    '4.2 sec',
    '3 min 5 sec',
  ])
})
