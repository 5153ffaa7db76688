import { ResultCard } from '../result-card.tsx'
import type { BrandKit } from './brand-kit-view.tsx'

const LEVEL_NAMES = { AAA: 'AAA', AA: 'AA', 'AA-large': 'AA, large text', fail: 'Not for text' } as const

/** Which text may stand on which ground. The letters are drawn, since some pairs are shown because they fail. */
export function ContrastPairs({ palette: { colors, pairs } }: { palette: BrandKit['palette'] }) {
  const hexOf = (role: string) => colors.find((color) => color.role === role)?.hex
  return (
    <ResultCard title="Contrast" hint="Every pair is checked by the formula of WCAG 2.2.">
      <ul className="pairs">
        {pairs.map(({ text, background, ratio, level }) => (
          <li key={`${text} ${background}`} data-level={level}>
            <svg viewBox="0 0 96 56" aria-hidden="true">
              <rect width="96" height="56" rx="8" fill={hexOf(background)} />
              <text x="48" y="37" textAnchor="middle" fontSize="26" fontWeight="600" fill={hexOf(text)}>
                Aa
              </text>
            </svg>
            <span>
              {text} on {background}
            </span>
            <span className="soft">
              {ratio.toFixed(1)} : 1 <strong>{LEVEL_NAMES[level]}</strong>
            </span>
          </li>
        ))}
      </ul>
    </ResultCard>
  )
}
