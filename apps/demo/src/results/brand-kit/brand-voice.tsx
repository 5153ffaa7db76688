import { Chips } from '../chips.tsx'
import { ResultCard } from '../result-card.tsx'
import type { BrandKit } from './brand-kit-view.tsx'

/** How the brand speaks, and how it does not. */
export function BrandVoice({ voice: { tone, say, avoid, samples } }: { voice: BrandKit['voice'] }) {
  return (
    <ResultCard title="Voice">
      <Chips words={tone} label="Tone" />
      <div className="two-columns">
        <div>
          <h3>Say</h3>
          <ul className="ticks" data-sign="yes">
            {say.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </div>
        <div>
          <h3>Avoid</h3>
          <ul className="ticks" data-sign="no">
            {avoid.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </div>
      </div>
      <dl className="bubbles">
        {samples.map(({ situation, text }) => (
          <div key={situation}>
            <dt className="soft">{situation}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </ResultCard>
  )
}
