import { formatShare } from '../format-quantity.ts'
import { ResultCard } from '../result-card.tsx'
import type { Segment } from './personas-view.tsx'

/** The audience as one bar. */
export function SegmentBar({ segments }: { segments: readonly Segment[] }) {
  return (
    <ResultCard title="Segments">
      <div className="whole" aria-hidden="true">
        {segments.map(({ personaKey, share }, index) => (
          <span key={personaKey} data-hue={index % 6} style={{ flexGrow: share }} />
        ))}
      </div>
      <ul className="segments">
        {segments.map(({ personaKey, name, share, traits }, index) => (
          <li key={personaKey}>
            <span className="swatch" data-hue={index % 6} aria-hidden="true" />
            <strong>{name}</strong>
            <span className="segment-share">{formatShare(share)}</span>
            <span className="soft">{traits.join(', ')}</span>
          </li>
        ))}
      </ul>
    </ResultCard>
  )
}
