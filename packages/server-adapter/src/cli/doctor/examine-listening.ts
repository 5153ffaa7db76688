import type { SqlDatabase } from '../../store/sql-database.js'
import { type Finding, findingsOf } from './finding.js'

const { ok, warning } = findingsOf('database')

/** A channel that no store listens on. */
const CHANNEL = 'brandkit_doctor'

/**
 * Whether a notification arrives, by the very code of the store. A pooler in transaction mode accepts LISTEN and delivers
 * nothing.
 */
export async function examineListening({ dial }: Extract<SqlDatabase, { kind: 'postgres' }>): Promise<Finding> {
  const { listen, end } = await dial({ applicationName: 'brandkit doctor', max: 2 })
  const heard = Promise.withResolvers<string | null>()
  const stop = listen({
    channel: CHANNEL,
    onMessage: () => {},
    onState: (state, reason = 'The connection was lost.') => heard.resolve(state === 'live' ? null : reason),
  })
  const reason = await heard.promise
  await stop()
  await end()
  if (reason === null) return ok('listen', 'Notifications arrive, so pages see changes at once.')
  return warning(
    'listen',
    `Notifications do not arrive, so servers ask for changes once a second: give the store a URL that leads to the database itself. ${reason}`,
  )
}
