import { ResultCard } from '../result-card.tsx'
import type { FunnelCampaign } from './funnel-view.tsx'
import { STAGE_NAMES } from './stage-names.ts'

/** The mails on a line of time. */
export function FunnelMails({ mails }: { mails: FunnelCampaign['mails'] }) {
  return (
    <ResultCard title="Mails" hint="Days count from the first contact.">
      <ol className="mails">
        {mails.map(({ stage, day, subject, text }) => (
          <li key={`${day} ${subject}`}>
            <span className="mail-day">Day {day}</span>
            <details>
              <summary>
                {subject} <span className="soft">{STAGE_NAMES[stage]}</span>
              </summary>
              <p className="mail-text">{text}</p>
            </details>
          </li>
        ))}
      </ol>
    </ResultCard>
  )
}
