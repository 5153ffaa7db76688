import { formatDay, formatMoney } from '../format-quantity.ts'
import { ScrollRegion } from '../scroll-region.tsx'
import { MEDIA_CHANNEL_NAMES } from './media-plan-names.ts'
import type { MediaPlan } from './media-plan-view.tsx'

/** Weeks across, channels down; the stronger the colour, the more money that week. */
export function PlanCalendar({ plan: { calendar, budget, currency } }: { plan: MediaPlan }) {
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
                <th scope="row">{MEDIA_CHANNEL_NAMES[channel]}</th>
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
