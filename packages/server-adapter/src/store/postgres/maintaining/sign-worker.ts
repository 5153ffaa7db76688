import { type RawBuilder, sql } from 'kysely'
import { toStorableText } from '../../storable-text.js'
import type { WorkerSign } from '../../maintain-pass.js'
import type { StoreStats } from '../../store-outlook.js'
import { toInteger } from '../read-number.js'
import type { Execute } from '../statement.js'

/**
 * The parts of a `with` by which a pass tells that its worker lives. The pass that has the turn also removes the rows of workers
 * that ended long ago. `skip locked`, because two processes may do both at once.
 */
export function signWorker({ workerId, slots, aliveMs }: WorkerSign): RawBuilder<unknown> {
  const id = toStorableText(workerId)
  return sql`, sign as (
      insert into brandkit.workers (worker, slots, alive_until)
      values (${id}, ${slots}::integer, clock_timestamp() + ${aliveMs} * interval '1 ms')
      on conflict (worker) do update set slots = excluded.slots, alive_until = excluded.alive_until
    ),
    gone as (
      delete from brandkit.workers
       where worker in (
         select worker from brandkit.workers
          where worker <> ${id} and alive_until < clock_timestamp() - interval '1 hour' and exists (select from turn)
            for update skip locked
       )
    )`
}

export async function countWorkers(execute: Execute): Promise<Pick<StoreStats, 'workers'>> {
  const [sum] = await execute(sql<{ alive: string; slots: string }>`
    select count(*)::text as alive, coalesce(sum(slots), 0)::text as slots
      from brandkit.workers
     where alive_until > clock_timestamp()`)
  const alive = toInteger(sum?.alive)
  return alive === 0 ? {} : { workers: { alive, slots: toInteger(sum?.slots) } }
}
