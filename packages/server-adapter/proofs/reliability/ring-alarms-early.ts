import { Client } from 'pg'
import { FIRST_ALARM_MS } from '../../src/store/alarm.js'

/** Moves all alarms to an earlier time, as if time had passed. An alarm that was never set stays unset. */
export async function ringAlarmsEarly(connectionString: string, byMs = FIRST_ALARM_MS): Promise<void> {
  const client = new Client({ connectionString })
  await client.connect()
  await client.query(
    `update brandkit.tasks set redeliver_at = redeliver_at - $1 * interval '1 ms' where status = 'queued'`,
    [byMs],
  )
  await client.end()
}
