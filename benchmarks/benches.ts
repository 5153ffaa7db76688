import { eventStreams } from './event-streams/event-streams.ts'
import { oneOfMany } from './page/one-of-many.ts'
import { pageSize } from './page/page-size.ts'
import type { Bench } from './report/report.ts'
import { statusRead } from './status-read/status-read.ts'
import { wholeLife } from './whole-life/whole-life.ts'

/** Every benchmark, by the name that `pnpm bench` and the markers of docs/benchmarks.md know it by. */
export const BENCHES: Record<string, Bench> = {
  'whole-life': wholeLife,
  'status-read': statusRead,
  'event-streams': eventStreams,
  'one-of-many': oneOfMany,
  'page-size': pageSize,
}
