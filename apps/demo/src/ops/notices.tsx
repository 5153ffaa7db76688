import type { NoticeStats } from '@brandkit/core'

const DEAD_SHOWN = 5

/** What has still to be told of ended tasks by mail and in closed browsers, and what could not be told. */
export function Notices({ notices: { waiting, dead, latestDead } }: { notices: NoticeStats }) {
  return (
    <section className="desk" aria-labelledby="desk-notices">
      <h2 id="desk-notices">Notices</h2>
      <p className="soft">
        Mail and messages about ended tasks: {waiting} to be delivered, {dead} given up in the last seven days.
      </p>
      {latestDead.length > 0 && (
        <ul className="dead-notices" aria-label="Notices that were given up">
          {latestDead.slice(0, DEAD_SHOWN).map(({ taskId, target, attempts, reason }) => (
            <li key={`${taskId} ${target}`}>
              <strong>{target}</strong> after {attempts === 1 ? 'one attempt' : `${attempts} attempts`}: {reason}{' '}
              <span className="soft">{taskId}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
