import { ResultCard } from '../result-card.tsx'
import type { BrandKit } from './brand-kit-view.tsx'

const HEADINGS: ReadonlySet<string> = new Set(['display', 'headline', 'title'])

interface TypeSpecimenProps {
  typography: BrandKit['typography']
  /** What is set in it. */
  sample: string | undefined
}

/** Every size as it is, largest first. */
export function TypeSpecimen({ typography, sample = 'The quick brown fox' }: TypeSpecimenProps) {
  const { headingFamily, bodyFamily, ratio, scale } = typography
  return (
    <ResultCard title="Type scale" hint={`Each size is ${ratio} times the one below.`}>
      <ol className="specimen">
        {scale.toReversed().map(({ level, sizePx, lineHeight, weight }) => (
          <li key={level}>
            <span className="soft">
              {level} · {Math.round(sizePx)} px · {weight}
            </span>
            <span
              className="specimen-line"
              style={{
                fontFamily: HEADINGS.has(level) ? `${headingFamily}, var(--serif)` : `${bodyFamily}, var(--sans)`,
                fontSize: `min(${sizePx}px, 13vw)`,
                lineHeight,
                fontWeight: weight,
              }}
            >
              {sample}
            </span>
          </li>
        ))}
      </ol>
      <p className="soft">
        Headings: {headingFamily}. Text: {bodyFamily}.
      </p>
    </ResultCard>
  )
}
