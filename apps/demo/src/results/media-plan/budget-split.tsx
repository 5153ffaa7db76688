import { MEDIA_CHANNEL_NAMES } from './media-plan-names.ts'
import { formatMoney, formatShare } from '../format-quantity.ts'
import type { MediaPlan } from './media-plan-view.tsx'

/** Where the money goes: one bar for the whole, one line a channel with the reason for its place. */
export function BudgetSplit({ plan: { budget, channels, currency } }: { plan: MediaPlan }) {
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
            <span className="split-name">{MEDIA_CHANNEL_NAMES[channel]}</span>
            <span className="split-amount">{formatMoney(amount, currency)}</span>
            <span className="split-share soft">{formatShare(share)}</span>
            <span className="split-reason soft">{channels.find((entry) => entry.channel === channel)?.reason}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
