import type { TaskResult } from '@brandkit/core'
import { describe, expect, it } from 'vitest'
import { calendarFile, csvFile, isHeading, toCssTokens, toDesignTokens, toFileName } from './exports.ts'
import { toWeeks } from './content-view.tsx'
import { formatDuration, formatRelative, toLabel } from '../parts/words.ts'

const kit = {
  brandName: 'Aurora */ body { display: none } /*',
  palette: {
    colors: [{ role: 'primary', name: 'Terracotta', hex: '#8a4b2a', lightness: 0.4811, chroma: 0.0971, hue: 47.12 }],
    pairs: [],
  },
  typography: {
    headingFamily: 'Fraunces',
    bodyFamily: 'Inter',
    ratio: 1.25,
    scale: [{ level: 'body', sizePx: 16, lineHeight: 1.5, weight: 400 }],
  },
} as unknown as TaskResult<'GENERATE_BRAND_KIT'>

it('toCssTokens gives every colour and size as a custom property, and no name ends its comment', () => {
  expect(toCssTokens(kit)).toBe(`/* Aurora * / body { display: none } /* */
:root {
  --color-primary: oklch(0.481 0.097 47.1); /* #8a4b2a, Terracotta */

  --font-heading: Fraunces;
  --font-body: Inter;
  --text-body: 1rem;
  --text-body-line-height: 1.5;
  --text-body-weight: 400;
}
`)
})

it('toDesignTokens has the types and values of the DTCG format', () => {
  expect(JSON.parse(toDesignTokens(kit))).toMatchObject({
    color: {
      $type: 'color',
      primary: { $value: { colorSpace: 'oklch', components: [0.481, 0.097, 47.1], hex: '#8a4b2a' } },
    },
    font: { $type: 'fontFamily', heading: { $value: 'Fraunces' } },
    text: {
      $type: 'typography',
      body: { $value: { fontFamily: '{font.body}', fontSize: { value: 1, unit: 'rem' }, fontWeight: 400 } },
    },
  })
  expect([isHeading('headline'), isHeading('body')]).toEqual([true, false])
})

describe('csvFile', () => {
  it('writes a table as RFC 4180 has it, which Excel reads as UTF-8, without formulas', async () => {
    const rows = [
      { name: 'Ünal, "Ü"', text: 'two\nlines', amount: 12.5 },
      { name: '=HYPERLINK("http://x.example")', text: null, amount: 0 },
    ]
    expect(await csvFile('Spring', () => rows).content()).toBe(
      '\uFEFFname,text,amount\r\n' +
        '"Ünal, ""Ü""","two\nlines",12.5\r\n' +
        '"\'=HYPERLINK(""http://x.example"")",,0\r\n',
    )
  })
})

describe('calendarFile', () => {
  it('writes whole days and local times as RFC 5545 has them, with the same ids each time', async () => {
    const entries = [
      { key: 'plan-week-1', title: 'Week 1; launch', text: 'One, two\nthree', date: '2027-03-01', days: 7 },
      { key: 'post-1', title: 'ö'.repeat(90), text: '', date: '2027-03-02', time: '09:30' },
    ]
    const text = (await calendarFile('Spring', () => entries).content()) as string
    const lines = text.replaceAll(/\r\n[ \t]/g, '').split('\r\n')
    expect(lines.slice(0, 2)).toEqual(['BEGIN:VCALENDAR', 'VERSION:2.0'])
    expect(lines).toEqual(
      expect.arrayContaining([
        'UID:plan-week-1@studio.example',
        'SUMMARY:Week 1\\; launch',
        'DESCRIPTION:One\\, two\\nthree',
        'DTSTART;VALUE=DATE:20270301',
        'DTSTART:20270302T093000',
        'UID:post-1@studio.example',
      ]),
    )
    expect(lines.filter((line) => /^(BEGIN|END):VEVENT$/.test(line))).toHaveLength(4)
    // No line is longer than 75 octets.
    for (const line of text.split('\r\n')) expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75)
  })
})

it('toFileName makes a name of letters and digits of any script', () => {
  expect([toFileName('Größe & Co. / 2027'), toFileName('///'), toFileName('قهوة باردة')]).toEqual([
    'größe-co-2027',
    'result',
    'قهوة-باردة',
  ])
})

describe('toWeeks', () => {
  it('goes from Monday to Sunday around the dates, in order or not', () => {
    expect(toWeeks(['2027-03-10', '2027-03-03'])).toEqual([
      ['2027-03-01', '2027-03-02', '2027-03-03', '2027-03-04', '2027-03-05', '2027-03-06', '2027-03-07'],
      ['2027-03-08', '2027-03-09', '2027-03-10', '2027-03-11', '2027-03-12', '2027-03-13', '2027-03-14'],
    ])
  })

  it('knows that Sunday ends a week, and crosses a change of clocks', () => {
    expect(toWeeks(['2027-03-28'])).toEqual([
      ['2027-03-22', '2027-03-23', '2027-03-24', '2027-03-25', '2027-03-26', '2027-03-27', '2027-03-28'],
    ])
    expect(toWeeks([])).toEqual([])
  })
})

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
    '1 min. ago',
    '3 hr. ago',
    'yesterday',
  ])
  expect(ago(20 * 86_400_000)).toBe('Nov 10, 2026')
})

it('formatDuration is short', () => {
  expect([formatDuration(850), formatDuration(4_230), formatDuration(185_000)]).toEqual(['850ms', '4.2s', '3m 5s'])
})
