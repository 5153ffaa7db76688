import { MEDIA_CHANNEL_NAMES } from './media-plan-names.ts'
import type { MediaPlan } from './media-plan-view.tsx'

const PHASES = [
  { phase: 'launch', name: 'Launch' },
  { phase: 'sustain', name: 'Sustain' },
  { phase: 'finale', name: 'Finale' },
] as const

/** What is said where. A message belongs to a channel and a phase, so each phase is shown once and not week by week. */
export function PlanMessages({ plan: { calendar } }: { plan: MediaPlan }) {
  return (
    <section className="card" aria-labelledby="messages">
      <h2 id="messages">Messages</h2>
      {PHASES.map(({ phase, name }) => {
        const weeks = calendar.filter((week) => week.phase === phase)
        const messages = new Map(
          weeks.flatMap(({ placements }) => placements.map(({ channel, message }) => [channel, message])),
        )
        if (messages.size === 0) return null
        return (
          <details key={phase} open={phase === 'launch'}>
            <summary>
              {name} <span className="soft">{nameWeeks(weeks.map(({ week }) => week))}</span>
            </summary>
            <dl className="messages">
              {[...messages].map(([channel, message]) => (
                <div key={channel}>
                  <dt>{MEDIA_CHANNEL_NAMES[channel]}</dt>
                  <dd>{message}</dd>
                </div>
              ))}
            </dl>
          </details>
        )
      })}
    </section>
  )
}

function nameWeeks(weeks: readonly number[]): string {
  return weeks.length === 1 ? `week ${weeks[0]}` : `weeks ${weeks[0]} to ${weeks.at(-1)}`
}
