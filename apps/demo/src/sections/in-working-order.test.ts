import { describe, expect, it } from 'vitest'
import { inWorkingOrder } from './in-working-order.ts'
import { SECTIONS } from './sections.ts'

describe('all ten for a brand', () => {
  it('are a funnel: the personas wait for the brand kit, and the media plan for the personas', () => {
    const turns = inWorkingOrder(SECTIONS)
    const waits = turns.flatMap(({ section, after = [] }) =>
      after.map((position) => [section.type, turns[position]?.section.type]),
    )
    expect(waits).toEqual([
      ['AUTO_GENERATE_PERSONAS', 'GENERATE_BRAND_KIT'],
      ['GENERATE_MEDIA_PLAN', 'AUTO_GENERATE_PERSONAS'],
    ])
    expect(new Set(turns.map(({ section }) => section))).toEqual(new Set(SECTIONS))
  })
})
