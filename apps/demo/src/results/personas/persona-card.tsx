import { formatShare } from '../format-quantity.ts'
import { Meter } from '../meter.tsx'
import { drawPortrait } from './draw-portrait.ts'
import type { Persona, Segment } from './personas-view.tsx'

/** Most promising places only; the rest is in the export. */
const SHOWN_TOUCHPOINTS = 4

/** Somebody one could meet. */
export function PersonaCard({ persona, segment }: { persona: Persona; segment: Segment | undefined }) {
  const { name, age, occupation, quote, story, goals, frustrations, decisionStyle, touchpoints, messages } = persona
  return (
    <li className="card persona">
      <header>
        <Portrait seed={persona.personaKey + name} />
        <div>
          <h2>{name}</h2>
          <p className="soft">
            {age}, {occupation}
          </p>
          <p className="persona-facts">
            {segment && <span className="tag">{formatShare(segment.share)}</span>}
            <span className="tag">decides: {decisionStyle}</span>
          </p>
        </div>
      </header>
      <blockquote>{quote}</blockquote>
      <p>{story}</p>
      <div className="two-columns">
        <div>
          <h3>Wants</h3>
          <ul className="ticks" data-sign="yes">
            {goals.map((goal) => (
              <li key={goal}>{goal}</li>
            ))}
          </ul>
        </div>
        <div>
          <h3>Is tired of</h3>
          <ul className="ticks" data-sign="no">
            {frustrations.map((frustration) => (
              <li key={frustration}>{frustration}</li>
            ))}
          </ul>
        </div>
      </div>
      {touchpoints && (
        <div>
          <h3>Where to meet</h3>
          {touchpoints.slice(0, SHOWN_TOUCHPOINTS).map(({ touchpoint, affinity }) => (
            <Meter key={touchpoint} name={touchpoint} share={affinity} />
          ))}
        </div>
      )}
      {messages && (
        <details>
          <summary>What to say</summary>
          <ul className="ticks" data-sign="yes">
            {messages.arguments.map((argument) => (
              <li key={argument}>{argument}</li>
            ))}
          </ul>
          <dl className="answers">
            {messages.objections.map(({ objection, answer }) => (
              <div key={objection}>
                <dt>“{objection}”</dt>
                <dd>{answer}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </li>
  )
}

function Portrait({ seed }: { seed: string }) {
  const { ground, skin, hair, hairPath, shirt } = drawPortrait(seed)
  return (
    <svg className="portrait" viewBox="0 0 80 80" width="80" height="80" aria-hidden="true">
      <rect width="80" height="80" rx="20" fill={ground} />
      <path d="M12 80c2-17 13-25 28-25s26 8 28 25z" fill={shirt} />
      <rect x="34" y="44" width="12" height="16" rx="6" fill={skin} />
      <circle cx="40" cy="35" r="15" fill={skin} />
      <path d={hairPath} fill={hair} />
    </svg>
  )
}
