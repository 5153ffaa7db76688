import { type RawBuilder, sql } from 'kysely'
import type { MaintainInput, MaintainOutcome } from '../../maintain-pass.js'
import { releaseForgottenFollowers } from '../after-tasks.js'
import { toDueTask } from '../due-task.js'
import { releaseForgotten } from '../release-held.js'
import type { ChangingProcess } from '../notify.js'
import type { Execute } from '../statement.js'
import { expireLeases } from './expire-leases.js'
import { expireWaiting } from './expire-waiting.js'
import { forgetAudit } from './forget-audit.js'
import { forgetTombstones, purgeEnded } from './purge-tasks.js'
import { ringAlarms } from './ring-alarms.js'
import { signWorker } from './sign-worker.js'

/**
 * One pass over all duties, or null when another process has made one less than `minIntervalMs` ago. Each duty has a file,
 * and touches at most `limit` tasks.
 */
export async function maintainTasks(
  execute: Execute,
  input: MaintainInput,
  own: ChangingProcess,
): Promise<MaintainOutcome | null> {
  const { waitingMessages, limit, retention, limits } = input
  const [due] = await takeTurn(execute, input)
  if (!due) return null

  const expired = due.leases && input.expireLeases === 'yes' ? await expireLeases(execute, input, own) : []
  const timedOut = due.waiting ? await expireWaiting(execute, input, own) : []
  const followers = due.followers
    ? await releaseForgottenFollowers(execute, limit, { own, notices: input.notices })
    : []
  const released = limits ? await releaseForgotten(execute, limits, limit) : []
  const rung = due.alarms ? await ringAlarms(execute, waitingMessages, limit) : []
  if (due.audit && retention.auditMs !== undefined) await forgetAudit(execute, retention.auditMs, limit)
  if (due.tombstones) await forgetTombstones(execute, retention.tombstoneMs, limit)
  const purged = due.ended ? await purgeEnded(execute, { endedMs: retention.endedMs, limit }, own) : []
  return {
    deliver: [
      ...[...expired.filter(({ status }) => status === 'queued'), ...rung].map(toDueTask),
      ...released,
      ...followers,
    ],
    expired: expired.length,
    timedOut: timedOut.length,
    purged: purged.length,
    ...(input.notices && { noticesDue: due.notices || expired.length + timedOut.length > 0 }),
  }
}

interface Due {
  leases: boolean
  waiting: boolean
  alarms: boolean
  tombstones: boolean
  ended: boolean
  followers: boolean
  notices: boolean
  audit: boolean
}

/**
 * Takes the turn, or gets no row. The same statement looks, by index, which duties have work: an idle pass costs this one
 * statement, and a duty that gets work meanwhile has its turn in the next pass.
 */
function takeTurn(execute: Execute, { minIntervalMs, retention, notices, worker }: MaintainInput): Promise<Due[]> {
  return execute(sql<Due>`
    with turn as (
      update brandkit.maintenance
         set last_pass_at = clock_timestamp()
       where last_pass_at <= clock_timestamp() - ${minIntervalMs} * interval '1 ms'
      returning only_row
    )${worker ? signWorker(worker) : sql``}
    select ${hasTasks(sql`status = 'processing' and lease_expires_at <= ${NOW}`)} as leases,
           ${hasTasks(sql`status = 'queued' and expires_at <= ${NOW}`)} as waiting,
           ${hasTasks(sql`status = 'queued' and redeliver_at <= ${NOW}`)} as alarms,
           ${hasTasks(sql`purged_at <= ${NOW} - ${retention.tombstoneMs} * interval '1 ms'`)} as tombstones,
           ${hasTasks(sql`completed_at <= ${NOW} - ${retention.endedMs} * interval '1 ms' and purged_at is null`)} as ended,
           ${hasTasks(sql`waits_for is not null and status = 'queued'`)} as followers,
           exists (select from brandkit.audit where at <= ${NOW} - ${retention.auditMs ?? null}::double precision * interval '1 ms') as audit
           ${notices ? HAS_NOTICES : sql``}
      from turn`)
}

/** In parentheses, because Postgres compares an index only with what it computes once. */
const NOW = sql`(select clock_timestamp())`

const HAS_NOTICES = sql`, exists (select from brandkit.notices where due_at <= ${NOW}) as notices`

function hasTasks(isDue: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`exists (select from brandkit.tasks where ${isDue})`
}
