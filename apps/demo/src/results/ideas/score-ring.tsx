const RADIUS = 24
const LENGTH = 2 * Math.PI * RADIUS

/** A score of 0 to 100 as a ring around its number. */
export function ScoreRing({ score }: { score: number }) {
  return (
    <svg
      className="score"
      viewBox="0 0 60 60"
      width="60"
      height="60"
      role="img"
      aria-label={`Score ${Math.round(score)} of 100`}
    >
      <circle className="score-track" cx="30" cy="30" r={RADIUS} />
      <circle
        className="score-value"
        cx="30"
        cy="30"
        r={RADIUS}
        strokeDasharray={`${(LENGTH * score) / 100} ${LENGTH}`}
        transform="rotate(-90 30 30)"
      />
      <text x="30" y="36" textAnchor="middle">
        {Math.round(score)}
      </text>
    </svg>
  )
}
