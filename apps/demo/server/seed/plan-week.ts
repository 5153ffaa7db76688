import { BRAND_TASK_TYPES, type BrandTaskType } from '@brandkit/core/brand-tasks'
import * as fc from 'fast-check'
import type { Person } from '../session.ts'
import type { TaskPayload } from '@brandkit/core'
import { type DraftedType, drawBrief } from '../testing/draw-brief.ts'
import { EXAMPLE_PAYLOADS } from '../testing/example-payloads.ts'

/** How a task of the week goes. `retried`: it fails, and its owner tries again a little later. */
type Ending = 'completed' | 'recovered' | 'failed' | 'worn out' | 'retried' | 'stopped' | 'withdrawn' | 'over budget'

export interface PlannedTask {
  /** When it is created, in milliseconds since the epoch. */
  at: number
  personId: Person['id']
  type: BrandTaskType
  ending: Ending
  /** How long it waits for a worker, in milliseconds. */
  waitMs: number
  /** How long each step takes, in milliseconds, in turn. */
  stepMs: number[]
  /** Chooses the brief. */
  brief: number
}

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** Tasks by hour of the day, in UTC: people plan in the morning and write after lunch. */
const HOURS = [0, 0, 0, 0, 0, 1, 3, 8, 14, 16, 13, 8, 6, 12, 15, 13, 9, 5, 3, 2, 1, 1, 0, 0]
/** The day, counted back from today, and the hours of it in which the model's provider was overloaded. */
const INCIDENT = { daysAgo: 3, from: 13, until: 15 }

const weighted = <Value>(weights: readonly (readonly [weight: number, value: Value])[]) =>
  fc.oneof(...weights.map(([weight, value]) => ({ weight, arbitrary: fc.constant(value) })))

const ENDING = weighted<Ending>([
  [84, 'completed'],
  [6, 'recovered'],
  [3, 'failed'],
  [1, 'worn out'],
  [2, 'retried'],
  [2, 'stopped'],
  [2, 'withdrawn'],
])
const ENDING_IN_INCIDENT = weighted<Ending>([
  [3, 'completed'],
  [4, 'recovered'],
  [5, 'worn out'],
  [3, 'retried'],
])

const TASK = fc.record({
  daysAgo: fc.integer({ min: 0, max: 6 }),
  hour: weighted(HOURS.map((weight, hour) => [weight, hour] as const).filter(([weight]) => weight > 0)),
  withinHourMs: fc.integer({ min: 0, max: HOUR - 1 }),
  personId: weighted([
    [5, 'ada'],
    [6, 'grace'],
    [3, 'linus'],
  ]),
  // A brand seldom needs another kit.
  type: weighted(BRAND_TASK_TYPES.map((type) => [type === 'GENERATE_BRAND_KIT' ? 1 : 6, type] as const)),
  ending: ENDING,
  endingInIncident: ENDING_IN_INCIDENT,
  // Mostly short, at times long: the product of two even draws.
  waits: fc.tuple(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 100 })),
  paces: fc.array(fc.tuple(fc.integer({ min: 10, max: 100 }), fc.integer({ min: 10, max: 100 })), {
    minLength: 8,
    maxLength: 8,
  }),
  brief: fc.nat({ max: 1_000_000 }),
})

/** The plan of seven days up to `now`, in order. The same seed gives the same plan. Weekends are quiet. */
export function planWeek({ now, tasks, seed = 7 }: { now: number; tasks: number; seed?: number }): PlannedTask[] {
  const midnight = Math.floor(now / DAY) * DAY
  const drawn = fc.sample(TASK, { seed, numRuns: tasks * 2 })
  const week = drawn
    .flatMap(({ daysAgo, hour, withinHourMs, waits, paces, ending, endingInIncident, ...task }): PlannedTask[] => {
      const at = midnight - daysAgo * DAY + hour * HOUR + withinHourMs
      const isWeekend = [0, 6].includes(new Date(at).getUTCDay())
      const isLate = at > now - HOUR / 2
      if (isLate || (isWeekend && task.brief % 5 > 0)) return []
      const isIncident = daysAgo === INCIDENT.daysAgo && hour >= INCIDENT.from && hour < INCIDENT.until
      const [wait, longer] = waits
      return [
        {
          ...task,
          at,
          ending: isIncident ? endingInIncident : ending,
          waitMs: wait * longer * (isIncident ? 20 : 2),
          stepMs: paces.map(([pace, slower]) => pace * slower * (isIncident ? 4 : 1.5)),
        },
      ]
    })
    .slice(0, tasks)
    .toSorted((a, b) => a.at - b.at)
  // Linus has used up his month with his last task.
  const last = week.findLast(({ personId }) => personId === 'linus')
  if (last) last.ending = 'over budget'
  return week
}

interface Brand {
  /** What its briefs say at all times. */
  facts: Readonly<Record<string, unknown>>
  campaigns: readonly string[]
  topics: readonly string[]
  audiences: readonly string[]
  trends: readonly string[]
}

const BRANDS: Readonly<Record<string, Brand>> = {
  aurora: {
    facts: {
      brandName: 'Aurora',
      industry: 'Specialty coffee',
      description:
        'Aurora roasts coffee in small batches in Berlin and delivers it as cold brew in returnable bottles.',
      values: ['honest origin', 'no waste', 'unhurried craft'],
      offer: 'A weekly box of cold brew: fresh from the roaster, returnable bottles, cancel any time.',
      productName: 'Aurora Cold Brew Box',
      features: ['steeped for 16 hours', 'returnable bottles that are refilled', 'delivered by cargo bike before nine'],
      language: 'en',
    },
    campaigns: ['Slow mornings', 'Fresh by bike', 'The quiet hour', 'Bring the bottle back', 'Office without capsules'],
    topics: ['Cold brew', 'Coffee at the desk', 'Origin of a bean', 'Returnable bottles', 'Iced coffee at home'],
    audiences: [
      'Young professionals in Berlin, 25 to 40, who like coffee and design and work from home.',
      'Small offices that are tired of capsules and want less waste.',
      'Students who meet in cafés and watch their budget.',
    ],
    trends: ['Coffee', 'Cold brew', 'Breakfast', 'Zero waste'],
  },
  borealis: {
    facts: {
      brandName: 'Borealis',
      industry: 'Outdoor lighting',
      description: 'Borealis builds camping lanterns with a warm light, repairable with one screwdriver.',
      values: ['dark skies', 'repairable for life', 'quiet nature'],
      offer: 'A lantern for three nights on one charge, with warm light and spare parts for ten years.',
      productName: 'Borealis Ember Lantern',
      features: ['amber light that keeps night vision', 'three nights on one charge', 'opens with one screwdriver'],
      language: 'en',
    },
    campaigns: ['Leave the night on', 'Under dark skies', 'Repaired by you', 'First night out'],
    topics: ['Dark sky camping', 'Lanterns that last', 'Camping with children', 'Light without glare'],
    audiences: [
      'Families with children in Sweden who go camping and want gear that lasts.',
      'Hikers, 30 to 55, who care about nature and carry everything themselves.',
    ],
    trends: ['Camping', 'Hiking', 'Stars'],
  },
}

/** A realistic payload of this type for a brand. The same number gives the same payload. */
export function choosePayload(type: BrandTaskType, brief: number, brandId: string): TaskPayload {
  const brand = BRANDS[brandId]
  const example = EXAMPLE_PAYLOADS[type]
  const drawn = 'window' in example ? example : drawBrief(type as DraftedType, brief).payload
  if (!brand) return drawn
  const pick = (list: readonly string[]) => list[brief % list.length]
  const { facts, campaigns, topics, audiences, trends } = brand
  const own: Readonly<Record<string, unknown>> = {
    ...facts,
    campaignName: pick(campaigns),
    topic: pick('window' in example ? trends : topics),
    audience: pick(audiences),
  }
  const entries = Object.entries(drawn).map(([name, value]) => [name, own[name] ?? value])
  return Object.fromEntries(entries) as TaskPayload
}
