import type { TaskResult } from '@brandkit/core'
import { RESULT_FORMATS, toLabel } from '../parts/words.ts'
import { CopyText, Definitions, type PartialResult, ResultCard } from '../parts/result-parts.tsx'

const { formatCount, formatMoney, formatShare } = RESULT_FORMATS

type FunnelCampaign = TaskResult<'GENERATE_FUNNEL_CAMPAIGN'>

/** A funnel: its picture when the forecast is ready, its stages with their assets, and its mails. */
export function FunnelView({ result }: { result: PartialResult<'GENERATE_FUNNEL_CAMPAIGN'> }) {
  const {
    stages = [],
    assets = [],
    mails = [],
    forecast,
    currency = 'EUR',
    totalBudget = 0,
    goal = '',
    caveats = [],
  } = result
  return (
    <>
      {forecast && (
        <Definitions
          look="facts"
          entries={[
            { name: 'Budget', text: formatMoney(totalBudget, currency) },
            { name: goal, text: formatCount(forecast.conversions) },
            {
              name: 'Cost of one',
              text: forecast.costPerConversion === null ? '–' : formatMoney(forecast.costPerConversion, currency),
            },
            { name: 'Revenue', text: formatMoney(forecast.revenue, currency) },
          ]}
        />
      )}
      {forecast && caveats.includes('loss') && (
        <p role="note" className="problem">
          This plan loses money: it costs {formatMoney(totalBudget, currency)} and brings in{' '}
          {formatMoney(forecast.revenue, currency)}.
        </p>
      )}
      {forecast && <FunnelPicture stages={forecast.stages} />}
      {stages.length > 0 && <FunnelStages stages={stages} assets={assets} currency={currency} />}
      {mails.length > 0 && <FunnelMails mails={mails} />}
    </>
  )
}

const ROW = 64
const WIDTH = 320
/** The narrowest width, so that a stage of few people stays visible. */
const NARROWEST = 14

/** The number of people after each stage. Widths are logarithmic, because a linear funnel would be a line. */
function FunnelPicture({ stages }: { stages: FunnelCampaign['forecast']['stages'] }) {
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
              <strong>{toLabel(stage)}</strong>
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

interface FunnelStagesProps {
  stages: FunnelCampaign['stages']
  assets: FunnelCampaign['assets']
  currency: string
}

/** The aim, the cost and the assets of each stage. */
function FunnelStages({ stages, assets, currency }: FunnelStagesProps) {
  return (
    <ResultCard title="Stages">
      <ol className="stages">
        {stages.map(({ stage, objective, message, share, amount }, index) => (
          <li key={stage} data-hue={index % 6}>
            <header>
              <h3>{toLabel(stage)}</h3>
              <span className="soft">
                {formatMoney(amount, currency)}, {formatShare(share)}
              </span>
            </header>
            <p className="soft">{objective}</p>
            <p className="stage-message">{message}</p>
            <ul className="assets">
              {assets
                .filter((asset) => asset.stage === stage)
                .map(({ kind, title, brief, callToAction }) => (
                  <li key={kind + title}>
                    <span className="tag">{kind.replace('-', ' ')}</span>
                    <strong>{title}</strong>
                    <span>{brief}</span>
                    <span className="call">{callToAction}</span>
                    <CopyText text={[title, brief, callToAction].join('\n\n')} what={title} />
                  </li>
                ))}
            </ul>
          </li>
        ))}
      </ol>
    </ResultCard>
  )
}

/** The mails on a timeline. */
function FunnelMails({ mails }: { mails: FunnelCampaign['mails'] }) {
  return (
    <ResultCard title="Mails" hint="Days count from the first contact.">
      <ol className="mails">
        {mails.map(({ stage, day, subject, text }) => (
          <li key={`${day} ${subject}`}>
            <span className="mail-day">Day {day}</span>
            <details>
              <summary>
                {subject} <span className="soft">{toLabel(stage)}</span>
              </summary>
              <p className="mail-text">{text}</p>
              <CopyText text={`${subject}\n\n${text}`} what={subject} />
            </details>
          </li>
        ))}
      </ol>
    </ResultCard>
  )
}
