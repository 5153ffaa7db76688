import { brandTasks, type TaskPayload, type TaskResult } from '@brandkit/core'
import { type BrandTaskType, LOGO_STYLES, MEDIA_CHANNELS } from '@brandkit/core/brand-tasks'
import type { PreviousTask } from '@brandkit/server-adapter'
import { describe, expect, it } from 'vitest'
import { EXAMPLE_PAYLOADS, generatorOf, makeResult, runBrandGenerator } from '../testing/example-payloads.ts'
import { withSimulatedFaults } from './create-generators.ts'

const sum = (amounts: readonly number[]) => amounts.reduce((left, right) => left + right, 0)

const planOf = (changes: Partial<TaskPayload<'GENERATE_MEDIA_PLAN'>> = {}) => makeResult('GENERATE_MEDIA_PLAN', changes)

const best = async (changes: Partial<TaskPayload<'GENERATE_MEDIA_PLAN'>>) =>
  (await planOf({ channels: [...MEDIA_CHANNELS], ...changes })).channels[0]?.channel

describe('A media plan', () => {
  it('yields what the catalog promises, for every size of campaign', async () => {
    for (const weeks of [1, 2, 3, 13, 52]) {
      for (const budget of [100, 101, 9_999, 100_000_000]) {
        const made = await planOf({ weeks, budget, channels: [...MEDIA_CHANNELS] })
        expect(brandTasks.GENERATE_MEDIA_PLAN.result.parse(made)).toEqual(made)
        expect(sum(made.budget.map(({ amount }) => amount))).toBe(budget)
        expect(sum(made.calendar.flatMap(({ placements }) => placements.map(({ amount }) => amount)))).toBe(budget)
        expect(sum(made.budget.map(({ share }) => share))).toBeCloseTo(1, 10)
      }
    }
  })

  it('spends each channel over the weeks exactly as the split says', async () => {
    const { budget, calendar } = await planOf()
    for (const { channel, amount } of budget) {
      const placed = calendar.flatMap(({ placements }) =>
        placements.filter((placement) => placement.channel === channel),
      )
      expect(sum(placed.map((placement) => placement.amount))).toBe(amount)
    }
  })

  it('favours what fits objective and audience', async () => {
    expect(await best({ objective: 'conversion', audience: 'Business buyers' })).toBe('search')
    expect(await best({ objective: 'loyalty', audience: 'Existing customers' })).toBe('email')
    expect(await best({ objective: 'awareness', audience: 'Commuters in Hamburg' })).toBe('out-of-home')
  })

  it('counts weeks across a month and a leap day', async () => {
    const { calendar } = await planOf({ startDate: '2028-02-24', weeks: 2 })
    expect(calendar.map(({ startDate, phase }) => [startDate, phase])).toEqual([
      ['2028-02-24', 'launch'],
      ['2028-03-02', 'finale'],
    ])
  })

  it('reaches no more people than there are impressions, or than the audience has', async () => {
    const { reach } = await planOf({ budget: 90_000_000 })
    for (const { people, impressions, frequency } of reach) {
      expect(people).toBeLessThanOrEqual(impressions)
      expect(frequency).toBeGreaterThanOrEqual(1)
    }
  })

  it('copes with an audience in which no word means anything to it', async () => {
    expect((await planOf({ audience: '!!!' })).channels).toHaveLength(3)
  })

  it('fails once, or for good, when its notes ask for it', async () => {
    const generate = withSimulatedFaults(generatorOf('GENERATE_MEDIA_PLAN'))
    const play = (notes: string) =>
      runBrandGenerator('GENERATE_MEDIA_PLAN', {
        generate,
        payload: { ...EXAMPLE_PAYLOADS.GENERATE_MEDIA_PLAN, notes },
      })
    const once = await play('Please simulate: fail once')
    expect(once.attempts).toMatchObject([{ error: { retryable: true } }, { ran: ['budget', 'reach', 'calendar'] }])
    expect(once.result).toMatchObject({ campaignName: 'Fresh by bike' })
    expect(await play('simulate: fail')).toMatchObject({
      status: 'failed',
      attempts: [{ error: { retryable: false } }],
    })
    expect((await play('We must not fail once more')).attempts).toHaveLength(1)
  })
})

const kitOf = (changes: Partial<TaskPayload<'GENERATE_BRAND_KIT'>> = {}) => makeResult('GENERATE_BRAND_KIT', changes)

const chromaOf = ({ palette }: TaskResult<'GENERATE_BRAND_KIT'>) =>
  palette.colors.find(({ role }) => role === 'primary')?.chroma ?? 0

describe('A brand kit', () => {
  it('says in the words of the brief what the brand does and what it stands for', async () => {
    const { essence } = await kitOf({ description: 'Wir rösten dienstags. Und liefern mit dem Rad.' })
    expect(essence).toMatchObject({
      positioning: 'Wir rösten dienstags.',
      promise: 'Freshness. Fair prices for growers.',
    })
  })

  it('gives two brands of the same kind colours and marks of their own', async () => {
    const [aurora, borealis] = [await kitOf({ brandName: 'Aurora' }), await kitOf({ brandName: 'Borealis' })]
    expect(aurora.palette.colors[0]?.hex).not.toBe(borealis.palette.colors[0]?.hex)
    expect(aurora.logo.svg).not.toBe(borealis.logo.svg.replaceAll('Borealis', 'Aurora'))
  })

  it('looks and sounds as its traits say', async () => {
    const [bold, calm] = [await kitOf({ traits: ['bold'] }), await kitOf({ traits: ['calm'] })]
    expect(chromaOf(bold)).toBeGreaterThan(chromaOf(calm))
    expect(bold.typography.ratio).toBeGreaterThan(calm.typography.ratio)
    expect(bold.voice.tone).not.toEqual(calm.voice.tone)
  })

  it('multiplies every type level by the same ratio', async () => {
    const { ratio, scale } = (await kitOf()).typography
    const body = scale.findIndex(({ level }) => level === 'body')
    expect(scale[body]?.sizePx).toBe(16)
    scale.forEach(({ sizePx }, index) => expect(sizePx).toBeCloseTo(16 * ratio ** (index - body), 0))
  })

  it.each(LOGO_STYLES)('draws a %s that no name breaks out of', async (logoStyle) => {
    const { logo } = await kitOf({ logoStyle, brandName: '<script>&"\'' })
    expect(logo.svg).not.toContain('<script')
    expect(logo.svg).toContain('&lt;')
    expect(logo.style).toBe(logoStyle)
  })

  it('shows what is done while the rest is being made', async () => {
    const { result, partials } = await runBrandGenerator('GENERATE_BRAND_KIT')
    expect(partials).toContainEqual(expect.objectContaining({ essence: result?.essence, caveats: ['draft'] }))
    expect(partials.at(-1)).toMatchObject({ palette: result?.palette, logo: result?.logo })
  })
})

const personasOf = (changes: Partial<TaskPayload<'AUTO_GENERATE_PERSONAS'>> = {}) =>
  makeResult('AUTO_GENERATE_PERSONAS', changes)

const affinityOf = ({ personas }: TaskResult<'AUTO_GENERATE_PERSONAS'>, place: string) =>
  personas[0]?.touchpoints.find(({ touchpoint }) => touchpoint === place)?.affinity ?? Number.NaN

describe('A set of personas', () => {
  it('divides the audience by the groups that it names', async () => {
    const { segments } = await personasOf({
      audience: 'Remote workers in Berlin who drink coffee. Students who have little time.',
    })
    const names = segments.map(({ name }) => name).join()
    expect(names).toContain('“Remote workers in Berlin”')
    expect(names).toContain('“Students”')
  })

  it('quotes what the brief says about people, and what the offer says', async () => {
    const { personas, segments } = await personasOf()
    expect(segments[0]?.traits).toEqual(['“drink three cups a day and are annoyed by stale beans”'])
    const reasons = personas.flatMap(({ messages }) => messages.arguments)
    expect(reasons).toContain('From the offer: “roasted on Tuesday and delivered by cargo bike”.')
  })

  it('meets older and younger people in different places', async () => {
    const [young, older] = [
      await personasOf({ audience: 'Students', count: 1 }),
      await personasOf({ audience: 'Seniors', count: 1 }),
    ]
    expect(affinityOf(young, 'social')).toBeGreaterThan(affinityOf(older, 'social'))
    expect(affinityOf(young, 'press')).toBeLessThan(affinityOf(older, 'press'))
  })

  it('shows one persona after the other', async () => {
    const { partials } = await runBrandGenerator('AUTO_GENERATE_PERSONAS')
    const shown = partials.map((partial) => (partial as { personas?: unknown[] }).personas?.length ?? 0)
    expect(shown).toEqual(expect.arrayContaining([1, 2, 3]))
  })
})

const funnelOf = (changes: Partial<TaskPayload<'GENERATE_FUNNEL_CAMPAIGN'>> = {}) =>
  makeResult('GENERATE_FUNNEL_CAMPAIGN', { goal: 'sales', ...changes })

const conversionsOf = async (budget: number) => (await funnelOf({ budget })).forecast.conversions

describe('A funnel campaign', () => {
  it('wins more with more money, and each further euro wins less', async () => {
    const [small, double, huge] = [
      await conversionsOf(20_000),
      await conversionsOf(40_000),
      await conversionsOf(4_000_000),
    ]
    expect(double).toBeGreaterThan(small)
    expect(huge).toBeLessThan(double * 100)
  })

  it('counts the same in any currency', async () => {
    const [euro, yen] = [await funnelOf({ budget: 40_000 }), await funnelOf({ budget: 40_000 * 165, currency: 'JPY' })]
    expect(yen.forecast.conversions / euro.forecast.conversions).toBeCloseTo(1, 1)
  })

  it('says so when it loses money, and only then', async () => {
    expect((await funnelOf({ conversionValue: 0.5 })).caveats).toContain('loss')
    expect((await funnelOf({ conversionValue: 100_000 })).caveats).toEqual(['draft'])
  })

  it('says what the offer says, and quotes what the brief says about people', async () => {
    const { stages } = await funnelOf()
    expect(stages[0]?.message).toBe(
      'Open with the problem. To say: “A weekly subscription of whole-bean coffee”. ' +
        'In the brief: “drink three cups a day and are annoyed by stale beans”.',
    )
    expect(stages[1]?.message).toContain('To say: “roasted on Tuesday and delivered by cargo bike”.')
  })

  it('plans only for the stages that are asked for', async () => {
    const { assets, mails } = await funnelOf({ stages: ['loyalty', 'consideration'] })
    expect([...new Set(assets.map(({ stage }) => stage))]).toEqual(['consideration', 'loyalty'])
    expect(mails[0]).toMatchObject({ stage: 'consideration', day: 0 })
  })
})

/** Runs a generator behind others, on its example. */
async function behind<T extends BrandTaskType>(type: T, previous: readonly PreviousTask[] = []) {
  const options = { previous } as unknown as Parameters<typeof runBrandGenerator<T>>[1]
  const { result, task } = await runBrandGenerator<T>(type, options)
  if (!result) throw new Error(task.lastError)
  return { result, previous: [{ taskId: task.taskId, type, title: task.title, result }] }
}

describe('The strategy of a brand', () => {
  it('leads from the brand kit to the personas, who hear its promise first', async () => {
    const kit = await behind('GENERATE_BRAND_KIT')
    const { result } = await behind('AUTO_GENERATE_PERSONAS', kit.previous)
    for (const { messages } of result.personas) expect(messages.arguments[0]).toBe(kit.result.essence.promise)
  })

  it('leads on to the media plan, which says whom each channel meets', async () => {
    const personas = await behind('AUTO_GENERATE_PERSONAS')
    const [alone, after] = [await behind('GENERATE_MEDIA_PLAN'), await behind('GENERATE_MEDIA_PLAN', personas.previous)]
    const reason = after.result.channels.find(({ channel }) => channel === 'search')?.reason
    expect(personas.result.personas.map(({ name }) => `; ${name} is met here`)).toContain(reason?.match(/; .*/)?.[0])
    expect(after.result.budget).not.toEqual(alone.result.budget)
    expect(sum(after.result.budget.map(({ amount }) => amount))).toBe(after.result.totalBudget)
  })
})
