import type { TaskResult } from '@brandkit/core'
import type { MediaChannel, PersonaTouchpoint } from '@brandkit/core/brand-tasks'
import type { fitChannel } from './rate-channels.ts'

type Personas = TaskResult<'AUTO_GENERATE_PERSONAS'>
type ChannelFit = ReturnType<typeof fitChannel>

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
export function meetPersonas(fit: ChannelFit, { personas, segments }: Personas): ChannelFit {
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
