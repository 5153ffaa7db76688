import type { ReactNode } from 'react'

/** An empty imitation of an app behind the corner. It has no text, so that nothing distracts from the components. */
export function MockApp(): ReactNode {
  return (
    <div className="mock-app" aria-hidden="true">
      <div className="mock-bar">
        <span className="mock-mark" />
        <span className="mock-line" style={{ inlineSize: 88 }} />
        <span className="mock-line mock-end" style={{ inlineSize: 32 }} />
      </div>
      <div className="mock-main">
        <span className="mock-line mock-heading" />
        <span className="mock-line" style={{ inlineSize: '52%' }} />
        <div className="mock-cards">
          {[72, 48, 60, 36, 64, 52].map((share) => (
            <div key={share} className="mock-card">
              <span className="mock-picture" />
              <span className="mock-line" style={{ inlineSize: `${share}%` }} />
              <span className="mock-line" style={{ inlineSize: `${100 - share}%` }} />
            </div>
          ))}
        </div>
      </div>
    </div>
  )
}
