import { MEDIA_CHANNEL_NAMES } from './media-plan-names.ts'
import { formatCount } from '../format-quantity.ts'
import type { MediaPlan } from './media-plan-view.tsx'

/** What the money buys, by channel. */
export function ReachTable({ plan: { reach } }: { plan: MediaPlan }) {
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
              <th scope="row">{MEDIA_CHANNEL_NAMES[channel]}</th>
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
