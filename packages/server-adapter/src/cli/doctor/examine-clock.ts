import { sql } from 'kysely'
import { momentOf, toEpochMs } from '../../store/postgres/read-number.js'
import { executeOn, type Database } from '../../store/postgres/statement.js'
import { type Finding, findingsOf } from './finding.js'

const { ok, warning } = findingsOf('database')

/** How many times the clock is read. The quickest answer says most. */
const LOOKS = 3
/** Differences up to this are nothing to speak of, in milliseconds. */
const TOLERATED_MS = 2_000

/** How far this machine's clock is from that of the database. Leases and due times follow the database alone. */
export async function examineClock(database: Database): Promise<Finding> {
  let best = { aheadMs: 0, unsureMs: Infinity }
  for (let look = 0; look < LOOKS; look += 1) {
    const before = Date.now()
    const started = performance.now()
    const [row] = await executeOn(database)(sql<{ now: string }>`select ${momentOf(sql`clock_timestamp()`)} as now`)
    const unsureMs = (performance.now() - started) / 2
    if (unsureMs < best.unsureMs) best = { aheadMs: before + unsureMs - toEpochMs(row?.now), unsureMs }
  }
  const differenceMs = Math.round(best.aheadMs)
  const facts = { differenceMs, unsureMs: Math.ceil(best.unsureMs) }
  if (Math.abs(best.aheadMs) - best.unsureMs <= TOLERATED_MS) {
    return ok(
      'clock',
      `This machine and the database agree within ${Math.abs(differenceMs) + facts.unsureMs} ms.`,
      facts,
    )
  }
  const seconds = Math.abs(best.aheadMs / 1_000).toFixed(1)
  const side = differenceMs > 0 ? 'ahead of' : 'behind'
  return warning(
    'clock',
    `This machine is ${seconds} s ${side} the database. Tasks follow the database, but signatures of QStash and webhooks follow this machine: set its clock by NTP.`,
    facts,
  )
}
