import { backlog } from './backlog/backlog.ts'
import { coldStart } from './cold-start/cold-start.ts'
import { eventStreams } from './event-streams/event-streams.ts'
import { heldSnapshot } from './held-snapshot/held-snapshot.ts'
import { idle } from './idle/idle.ts'
import { largeTables } from './large-tables/large-tables.ts'
import { browser } from './page/browser.ts'
import { oneOfMany } from './page/one-of-many.ts'
import { pageSize } from './page/page-size.ts'
import { processes } from './processes/processes.ts'
import type { Bench } from './report/report.ts'
import { startLatency } from './start-latency/start-latency.ts'
import { statusRead } from './status-read/status-read.ts'
import { wholeLife } from './whole-life/whole-life.ts'

/** Every benchmark, by the name that `pnpm bench` and the markers of docs/benchmarks.md know it by. */
export const BENCHES: Record<string, Bench> = {
  'whole-life': wholeLife,
  'start-latency': startLatency,
  'status-read': statusRead,
  backlog,
  'held-snapshot': heldSnapshot,
  'large-tables': largeTables,
  processes,
  idle,
  'cold-start': coldStart,
  'event-streams': eventStreams,
  browser,
  'one-of-many': oneOfMany,
  'page-size': pageSize,
}

/** Ends the name under which the report of a long run has its place. */
export const LONG = '-long'
