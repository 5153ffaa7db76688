import type { TaskResult } from '@brandkit/core'
import { OBJECTIVE_NAMES, RESULT_FORMATS, toLabel } from '../parts/words.ts'
import { CopyText, Definitions, type PartialResult, ScrollRegion } from '../parts/result-parts.tsx'

const { formatCount, formatDay, formatMoney, formatShare } = RESULT_FORMATS

type MediaPlan = TaskResult<'GENERATE_MEDIA_PLAN'>

/** A finished media plan. Its parts only make sense together, so all appear at the end. */
export function MediaPlanView({ result }: { result: PartialResult<'GENERATE_MEDIA_PLAN'> }) {
  if (!isFinished(result)) return null
  const { calendar, reach, objective, totalBudget, currency } = result
  const first = calendar[0]
  const impressions = reach.reduce((sum, channel) => sum + channel.impressions, 0)
  return (
    <>
      <Definitions
        look="facts"
        entries={[
          { name: 'Objective', text: OBJECTIVE_NAMES[objective].name },
          { name: 'Budget', text: formatMoney(totalBudget, currency) },
          { name: 'Starts', text: first ? formatDay(first.startDate) : '–' },
          { name: 'Weeks', text: String(calendar.length) },
          { name: 'Impressions', text: formatCount(impressions) },
        ]}
      />
      <BudgetSplit plan={result} />
      <ReachTable plan={result} />
      <PlanCalendar plan={result} />
      <PlanMessages plan={result} />
    </>
  )
}

function isFinished(result: PartialResult<'GENERATE_MEDIA_PLAN'>): result is MediaPlan {
  return result.mediaPlanGroupId !== undefined
}

/** The split of the money: one bar for all channels, and one line for each with the reason for its rank. */
function BudgetSplit({ plan: { budget, channels, currency } }: { plan: MediaPlan }) {
  return (
    <section className="card" aria-labelledby="budget-split">
      <h2 id="budget-split">Budget split</h2>
      <div className="whole" aria-hidden="true">
        {budget.map(({ channel, share }) => (
          <span key={channel} data-channel={channel} style={{ flexGrow: share }} />
        ))}
      </div>
      <ul className="split">
        {budget.map(({ channel, amount, share }) => (
          <li key={channel}>
            <span className="swatch" data-channel={channel} aria-hidden="true" />
            <span className="split-name">{toLabel(channel)}</span>
            <span className="split-amount">{formatMoney(amount, currency)}</span>
            <span className="split-share soft">{formatShare(share)}</span>
            <span className="split-reason soft">{channels.find((entry) => entry.channel === channel)?.reason}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** The estimated effect of the money, by channel. */
function ReachTable({ plan: { reach } }: { plan: MediaPlan }) {
  return (
    <section className="card" aria-labelledby="reach">
      <h2 id="reach">Estimated reach</h2>
      <p className="soft">Impressions by typical prices; people by how often the same person is met again.</p>
      <table>
        <thead>
          <tr>
            <th scope="col">Channel</th>
            <th scope="col">Impressions</th>
            <th scope="col">People</th>
            <th scope="col">Each sees it</th>
          </tr>
        </thead>
        <tbody>
          {reach.map(({ channel, impressions, people, frequency }) => (
            <tr key={channel}>
              <th scope="row">{toLabel(channel)}</th>
              <td>{formatCount(impressions)}</td>
              <td>{formatCount(people)}</td>
              <td>{frequency} ×</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** Weeks across, channels down; a stronger colour means more money in that week. */
function PlanCalendar({ plan: { calendar, budget, currency } }: { plan: MediaPlan }) {
  const most = Math.max(1, ...calendar.flatMap(({ placements }) => placements.map(({ amount }) => amount)))
  return (
    <section className="card" aria-labelledby="calendar">
      <h2 id="calendar">Calendar</h2>
      <p className="soft">The stronger the colour, the more is spent in that week.</p>
      <ScrollRegion label="Calendar by week">
        <table className="calendar">
          <thead>
            <tr>
              <th scope="col">Week</th>
              {calendar.map(({ week, startDate, phase }) => (
                <th key={week} scope="col" data-phase={phase} title={`${formatDay(startDate)}, ${phase}`}>
                  {week}
                  <span className="visually-hidden">
                    , {formatDay(startDate)}, {phase}
                  </span>
                </th>
              ))}
              <th scope="col">Total</th>
            </tr>
          </thead>
          <tbody>
            {budget.map(({ channel, amount: total }) => (
              <tr key={channel}>
                <th scope="row">{toLabel(channel)}</th>
                {calendar.map(({ week, placements }) => {
                  const amount = placements.find((placement) => placement.channel === channel)?.amount ?? 0
                  return (
                    <td key={week} title={formatMoney(amount, currency)}>
                      <span className="visually-hidden">{formatMoney(amount, currency)}</span>
                      <span
                        className="cell"
                        data-channel={channel}
                        aria-hidden="true"
                        style={{ opacity: amount === 0 ? 0 : 0.25 + (0.75 * amount) / most }}
                      />
                    </td>
                  )
                })}
                <td className="total">{formatMoney(total, currency)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      <ul className="legend">
        <li data-phase="launch">Launch</li>
        <li data-phase="sustain">Sustain</li>
        <li data-phase="finale">Finale</li>
      </ul>
    </section>
  )
}

const PHASES = [
  { phase: 'launch', name: 'Launch' },
  { phase: 'sustain', name: 'Sustain' },
  { phase: 'finale', name: 'Finale' },
] as const

/** The messages. Each belongs to a channel and a phase, so each phase appears once. */
function PlanMessages({ plan: { calendar } }: { plan: MediaPlan }) {
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
            <CopyText
              text={[...messages].map(([channel, message]) => `${toLabel(channel)}: ${message}`).join('\n')}
              what={`${name} messages`}
            />
            <dl className="messages">
              {[...messages].map(([channel, message]) => (
                <div key={channel}>
                  <dt>{toLabel(channel)}</dt>
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
