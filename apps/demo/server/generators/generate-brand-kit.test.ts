import type { TaskPayload, TaskResult } from '@brandkit/core'
import { CONTRAST_RATIOS, LOGO_STYLES } from '@brandkit/core/brand-tasks'
import { describe, expect, it } from 'vitest'
import { describeGenerator } from '../testing/describe-generator.ts'
import { makeResult, runBrandGenerator } from '../testing/run-brand-generator.ts'
import { createBrandKitGenerator } from './generate-brand-kit.ts'

type Payload = TaskPayload<'GENERATE_BRAND_KIT'>
type Kit = TaskResult<'GENERATE_BRAND_KIT'>

const payload: Payload = {
  brandName: 'Aurora',
  industry: 'Outdoor lighting',
  description: 'We build lamps that never blind anybody, for people who camp in the north.',
  values: ['Care', 'Craft', 'Darkness'],
  traits: ['calm', 'rugged'],
  logoStyle: 'symbol',
  language: 'en',
}
const generate = createBrandKitGenerator({ paceMs: 0 })
const run = async (changes: Partial<Payload> = {}) =>
  await makeResult('GENERATE_BRAND_KIT', generate, { ...payload, ...changes })

/** Relative luminance by the formula in WCAG 2.2, independent of the library that makes the palette. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((start) => Number.parseInt(hex.slice(start, start + 2), 16) / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((left, right) => left - right)
  return (light + 0.05) / (dark + 0.05)
}

function keepsItsContrasts({ palette: { colors, pairs } }: Kit, { primaryColor }: Payload): void {
  const hexOf = (role: string) => colors.find((color) => color.role === role)?.hex ?? ''
  expect(pairs.length).toBeGreaterThan(10)
  for (const { text, background, ratio, level } of pairs) {
    const measured = contrast(hexOf(text), hexOf(background))
    expect(Math.abs(measured - ratio)).toBeLessThan(0.02)
    if (level !== 'fail') expect(measured).toBeGreaterThanOrEqual(CONTRAST_RATIOS[level])
    if (text === 'text' && background === 'surface') expect(measured).toBeGreaterThanOrEqual(7)
    // A fixed colour stays whatever its contrast is; the pair then reports the failure.
    const isSettled = primaryColor !== undefined && [text, background].includes('primary')
    if (background === 'surface' && !isSettled) expect(measured).toBeGreaterThanOrEqual(4.5)
  }
  if (primaryColor) expect(hexOf('primary')).toBe(primaryColor.toLowerCase())
}

describeGenerator('GENERATE_BRAND_KIT', { create: createBrandKitGenerator, payload, check: keepsItsContrasts })

function chromaOf({ palette }: Kit): number {
  return palette.colors.find(({ role }) => role === 'primary')?.chroma ?? 0
}

describe('A brand kit', () => {
  it('says in the words of the brief what the brand does and what it stands for', async () => {
    const { essence } = await run()
    expect(essence.positioning).toBe(
      'Brand: Aurora. Industry: Outdoor lighting. In its own words: “We build lamps that never blind anybody, for people who camp in the north”. ' +
        'Stands for: “Care”, “Craft”, “Darkness”.',
    )
    expect(essence.promise).toBe('Care. Craft. Darkness.')
  })

  it('gives two brands of the same kind colours, marks and words of their own', async () => {
    const [aurora, borealis] = [await run(), await run({ brandName: 'Borealis' })]
    expect(aurora.palette.colors[0]?.hex).not.toBe(borealis.palette.colors[0]?.hex)
    expect(aurora.logo.svg).not.toBe(borealis.logo.svg.replaceAll('Borealis', 'Aurora'))
  })

  it('looks and sounds as its traits say', async () => {
    const [bold, calm] = [await run({ traits: ['bold'] }), await run({ traits: ['calm'] })]
    expect(chromaOf(bold)).toBeGreaterThan(chromaOf(calm))
    expect(bold.typography.ratio).toBeGreaterThan(calm.typography.ratio)
    expect(bold.voice.tone).not.toEqual(calm.voice.tone)
  })

  it('multiplies every type level by the same ratio', async () => {
    const { ratio, scale } = (await run()).typography
    const body = scale.findIndex(({ level }) => level === 'body')
    expect(scale[body]?.sizePx).toBe(16)
    scale.forEach(({ sizePx }, index) => expect(sizePx).toBeCloseTo(16 * ratio ** (index - body), 0))
  })

  it.each(LOGO_STYLES)('draws a %s that no name breaks out of', async (logoStyle) => {
    const { logo } = await run({ logoStyle, brandName: '<script>&"\'' })
    expect(logo.svg).not.toContain('<script')
    expect(logo.svg).toContain('&lt;')
    expect(logo.style).toBe(logoStyle)
  })

  it('shows what is done while the rest is being made', async () => {
    const { result: kit, partials } = await runBrandGenerator('GENERATE_BRAND_KIT', generate, { payload })
    expect(partials).toContainEqual(expect.objectContaining({ essence: kit?.essence }))
    expect(partials.at(-1)).toMatchObject({ palette: kit?.palette, logo: kit?.logo })
  })
})
