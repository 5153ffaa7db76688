import type { TaskResult } from '@brandkit/core'
import type { MediaChannel, MediaObjective, PersonaTouchpoint } from '@brandkit/core/brand-tasks'
import { estimateSize } from '../numbers/audience.ts'
import { CHANNEL_PROFILES, estimateReach, fitChannel } from '../numbers/channels.ts'
import { splitByWeight } from '../numbers/split-by-weight.ts'
import { readKeywords } from '../words.ts'
import { type BrandGenerator, findPrevious, type GeneratorOptions } from './generator.ts'
import { createStepRunner } from './step-runner.ts'

type Plan = TaskResult<'GENERATE_MEDIA_PLAN'>
type Phase = Plan['calendar'][number]['phase']
type ChannelFit = Plan['channels'][number]

/**
 * A media plan: the fit of each channel by objective and audience (weighted sum), the budget by fit² and the largest
 * remainder method, reach by the random-duplication curve, and a calendar weighted by phase. A draft says what each placement is for; a model writes the
 * messages. A plan that follows personas rates its channels by where these people are met.
 */
export function createMediaPlanGenerator(options: GeneratorOptions = {}): BrandGenerator<'GENERATE_MEDIA_PLAN'> {
  return async (context) => {
    const { taskId, payload } = context
    const personas = findPrevious(context.previous, 'AUTO_GENERATE_PERSONAS')
    const { campaignName, objective, budget: totalBudget, currency } = payload
    const { run, provenance } = createStepRunner('GENERATE_MEDIA_PLAN', context, options)

    const audience = await run('audience', {
      compute() {
        const keywords = readKeywords(payload.audience)
        return { keywords, size: estimateSize(payload.audience, keywords) }
      },
    })

    const channels = await run('channels', {
      compute() {
        const fits = payload.channels
          .map((channel) => fitChannel(channel, objective, audience.keywords))
          .map((fit) => (personas ? meetPersonas(fit, personas) : fit))
        return fits.toSorted((one, other) => other.fit - one.fit)
      },
    })

    const budget = await run('budget', {
      compute() {
        // The square favours the better channels without starving the others.
        const amounts = splitByWeight(
          totalBudget,
          channels.map(({ fit }) => fit ** 2),
        )
        return channels.map(({ channel }, index) => ({
          channel,
          amount: amounts[index] ?? 0,
          share: (amounts[index] ?? 0) / totalBudget,
        }))
      },
    })

    const reach = await run('reach', {
      compute: () =>
        budget.map(({ channel, amount }) => estimateReach({ channel, amount, currency, audienceSize: audience.size })),
    })

    const calendar = await run('calendar', {
      compute: () => fillCalendar(budget, payload),
      write: {
        task: 'Write the message of every placement: one line that a copywriter can start from, made for its channel and phase. Keep weeks, channels and amounts as they are.',
        keep: (draft, written) =>
          draft.map((week) => ({
            ...week,
            placements: week.placements.map((placement) => ({
              ...placement,
              message:
                written
                  .find((other) => other.week === week.week)
                  ?.placements.find((other) => other.channel === placement.channel)?.message ?? placement.message,
            })),
          })),
      },
      show: (soFar) => ({ calendar: soFar }),
    })

    return {
      mediaPlanGroupId: `media-plan-${taskId}`,
      campaignName,
      objective,
      currency,
      totalBudget,
      channels,
      budget,
      reach,
      calendar,
      ...provenance(),
    }
  }
}

/** The touchpoint at which a channel meets people. The other channels have no touchpoint of their own. */
const TOUCHPOINTS: Readonly<Partial<Record<MediaChannel, PersonaTouchpoint>>> = {
  search: 'search',
  social: 'social',
  video: 'video',
  email: 'email',
  audio: 'podcast',
}
/** How much the personas count beside objective and audience. */
const PERSONA_WEIGHT = 0.3

/**
 * Rates a channel again by the personas of its audience: 0.7 × its fit + 0.3 × the mean of the personas' affinities, by their
 * shares. The reason names the persona that is met here best.
 */
function meetPersonas(fit: ChannelFit, { personas, segments }: TaskResult<'AUTO_GENERATE_PERSONAS'>): ChannelFit {
  const touchpoint = TOUCHPOINTS[fit.channel]
  const met = personas.map(({ personaKey, name, touchpoints }) => ({
    name,
    share: segments.find((segment) => segment.personaKey === personaKey)?.share ?? 0,
    affinity: touchpoints.find((entry) => entry.touchpoint === touchpoint)?.affinity ?? 0,
  }))
  const [best] = met.toSorted((one, other) => other.affinity - one.affinity)
  if (!best || best.affinity === 0) return fit
  const affinity = met.reduce((sum, persona) => sum + persona.share * persona.affinity, 0)
  return {
    channel: fit.channel,
    fit: Math.round(((1 - PERSONA_WEIGHT) * fit.fit + PERSONA_WEIGHT * affinity) * 100) / 100,
    reason: `${fit.reason}; ${best.name} is met here`,
  }
}

type CalendarOptions = Pick<Plan, 'objective'> & { weeks: number; startDate: string }

/** Splits each channel's money over the weeks, weighted by phase; the weeks add up to the channel's budget exactly. */
function fillCalendar(budget: Plan['budget'], { weeks, startDate, objective }: CalendarOptions): Plan['calendar'] {
  const phases = Array.from({ length: weeks }, (_, index) => phaseOfWeek(index + 1, weeks))
  const byChannel = budget.map(({ channel, amount }) =>
    splitByWeight(
      amount,
      phases.map((phase) => CHANNEL_PROFILES[channel].phases[phase]),
    ),
  )
  return phases.map((phase, index) => ({
    week: index + 1,
    startDate: addWeeks(startDate, index),
    phase,
    placements: budget.flatMap(({ channel }, position) => {
      const amount = byChannel[position]?.[index] ?? 0
      return amount === 0 ? [] : [{ channel, amount, message: `${FORMATS[channel]}: ${TASKS[phase][objective]}.` }]
    }),
  }))
}

/** Calendar arithmetic in UTC, so that time zones cannot move a week. */
function addWeeks(date: string, weeks: number): string {
  const moved = new Date(`${date}T00:00:00Z`)
  moved.setUTCDate(moved.getUTCDate() + 7 * weeks)
  return moved.toISOString().slice(0, 10)
}

/** The first quarter of the weeks is the launch, the last sixth the finale; a single week is all launch. */
function phaseOfWeek(week: number, weeks: number): Phase {
  if (week <= Math.ceil(weeks / 4)) return 'launch'
  return week > weeks - Math.ceil(weeks / 6) ? 'finale' : 'sustain'
}

/** What a placement is about in each phase: a note for the copywriter, right for every format. */
const TASKS: Readonly<Record<Phase, Readonly<Record<MediaObjective, string>>>> = {
  launch: {
    awareness: 'the name of the campaign',
    consideration: 'what is offered, and to whom',
    conversion: 'where it can be had',
    loyalty: 'news that customers hear first',
  },
  sustain: {
    awareness: 'one new detail each week',
    consideration: 'one reason, with its proof',
    conversion: 'the order, in one step',
    loyalty: 'how other customers use it',
  },
  finale: {
    awareness: 'the strongest motif again',
    consideration: 'the most frequent question, answered',
    conversion: 'the last day of the campaign',
    loyalty: 'thanks to customers',
  },
}

const FORMATS: Readonly<Record<MediaChannel, string>> = {
  search: 'Text ad',
  social: 'Carousel',
  video: 'Film of 15 seconds',
  display: 'Banner',
  email: 'Newsletter',
  audio: 'Spot of 20 seconds',
  'out-of-home': 'Poster',
  influencer: 'Creator post',
}
