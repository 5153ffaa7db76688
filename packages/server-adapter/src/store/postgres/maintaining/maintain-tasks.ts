import { sql } from 'kysely'
import type { MaintainInput, MaintainOutcome } from '../../task-store.js'
import { toDueTask } from '../due-task.js'
import { releaseForgotten } from '../release-held.js'
import type { ChangingProcess } from '../notify.js'
import type { Execute } from '../statement.js'
import { expireLeases } from './expire-leases.js'
import { expireWaiting } from './expire-waiting.js'
import { forgetTombstones, purgeEnded } from './purge-tasks.js'
import { ringAlarms } from './ring-alarms.js'

/**
 * One pass over all duties, or null when another process has made one less than `minIntervalMs` ago. Each duty has a file,
 * and touches at most `limit` tasks.
 */
export async function maintainTasks(
  execute: Execute,
  input: MaintainInput,
  own: ChangingProcess,
): Promise<MaintainOutcome | null> {
  const { minIntervalMs, waitingMessages, limit, retention, limits } = input
  const turn = await execute(sql`
    update brandkit.maintenance
       set last_pass_at = clock_timestamp()
     where last_pass_at <= clock_timestamp() - ${minIntervalMs} * interval '1 ms'
    returning only_row`)
  if (turn.length === 0) return null

  const expired = input.expireLeases === 'yes' ? await expireLeases(execute, limit, own) : []
  const timedOut = await expireWaiting(execute, limit, own)
  const released = limits ? await releaseForgotten(execute, limits, limit) : []
  const rung = await ringAlarms(execute, waitingMessages, limit)
  await forgetTombstones(execute, retention.tombstoneMs, limit)
  const purged = await purgeEnded(execute, { endedMs: retention.endedMs, limit }, own)
  return {
    deliver: [...[...expired.filter(({ status }) => status === 'queued'), ...rung].map(toDueTask), ...released],
    expired: expired.length,
    timedOut: timedOut.length,
    purged: purged.length,
  }
}
