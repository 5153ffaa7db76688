import { formatCount, formatShare } from '../format-quantity.ts'
import { ResultCard } from '../result-card.tsx'
import { STAGE_NAMES } from './stage-names.ts'
import type { FunnelCampaign } from './funnel-view.tsx'

const ROW = 64
const WIDTH = 320
/** Also a stage that almost nobody reaches can be seen. */
const NARROWEST = 14

/** How many are left after each stage. Widths are logarithmic: a funnel to scale would be a line. */
export function FunnelPicture({ stages }: { stages: FunnelCampaign['forecast']['stages'] }) {
  const largest = Math.log10(Math.max(10, ...stages.map(({ people }) => people)))
  const widthOf = (people: number) => Math.max(NARROWEST, (WIDTH * Math.log10(Math.max(1, people))) / largest)
  return (
    <ResultCard title="Forecast" hint="How many people reach each stage. Widths are logarithmic.">
      <div className="funnel">
        <svg viewBox={`0 0 ${WIDTH} ${stages.length * ROW}`} preserveAspectRatio="none" aria-hidden="true">
          {stages.map(({ stage, people }, index) => {
            const top = widthOf(people)
            const bottom = widthOf(stages[index + 1]?.people ?? people * 0.8)
            const y = index * ROW
            const middle = WIDTH / 2
            return (
              <path
                key={stage}
                data-hue={index % 6}
                d={`M${middle - top / 2} ${y} H${middle + top / 2} L${middle + bottom / 2} ${y + ROW - 4} H${middle - bottom / 2} Z`}
              />
            )
          })}
        </svg>
        <ol>
          {stages.map(({ stage, people, conversionRate, kpi, target }, index) => (
            <li key={stage}>
              <strong>{STAGE_NAMES[stage]}</strong>
              <span className="funnel-people">{formatCount(people)}</span>
              <span className="soft">
                {formatCount(target)} {kpi}
                {index < stages.length - 1 && `, ${formatShare(conversionRate)} go on`}
              </span>
            </li>
          ))}
        </ol>
      </div>
    </ResultCard>
  )
}
