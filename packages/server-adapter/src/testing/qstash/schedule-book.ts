import { startLongTimer } from '@brandkit/core'
import { randomUUID } from 'node:crypto'
import type { LocalClock } from './local-clock.js'
import { type Publication, PublicationRefused } from './publication.js'

export interface LocalQStashSchedule {
  scheduleId: string
  cron: string
  destination: string
  publication: Publication
}

export interface ScheduleBook {
  /** Replaces a schedule with the same id. @throws PublicationRefused when the cron expression is not supported here */
  put(schedule: { scheduleId?: string | undefined; cron: string; publication: Publication }): LocalQStashSchedule
  find(scheduleId: string): LocalQStashSchedule | undefined
  list(): LocalQStashSchedule[]
  remove(scheduleId: string): boolean
  /** To be called after the clock has moved. */
  ring(): void
  close(): void
}

const MINUTE_MS = 60_000

/** Keeps schedules. It supports only the cron "every n minutes", which is all that ticks need. */
export function createScheduleBook(options: {
  clock: LocalClock
  publish: (schedule: LocalQStashSchedule) => void
}): ScheduleBook {
  const { clock, publish } = options
  const entries = new Map<string, { schedule: LocalQStashSchedule; everyMs: number; nextAt: number }>()
  let stopTimer: (() => void) | undefined

  const after = (everyMs: number) => (Math.floor(clock.now() / everyMs) + 1) * everyMs

  function ring(): void {
    stopTimer?.()
    for (const entry of entries.values()) {
      if (clock.realMsUntil(entry.nextAt) > 0) continue
      // One tick is enough, even if a jump of the clock has passed several.
      entry.nextAt = after(entry.everyMs)
      publish(entry.schedule)
    }
    const next = Math.min(...[...entries.values()].map(({ nextAt }) => nextAt))
    if (next < Infinity) stopTimer = startLongTimer(clock.realMsUntil(next), ring, { keepsProcess: false })
  }

  return {
    ring,
    put({ scheduleId = `scd_${randomUUID()}`, cron, publication }) {
      const everyMs = parseCron(cron)
      const schedule = { scheduleId, cron, destination: publication.url, publication }
      entries.set(scheduleId, { schedule, everyMs, nextAt: after(everyMs) })
      ring()
      return schedule
    },
    find: (scheduleId) => entries.get(scheduleId)?.schedule,
    list: () => [...entries.values()].map(({ schedule }) => schedule),
    remove: (scheduleId) => entries.delete(scheduleId),
    close() {
      stopTimer?.()
      entries.clear()
    },
  }
}

function parseCron(cron: string): number {
  const [, every = '1'] = /^\*(?:\/([1-9]\d?))? \* \* \* \*$/.exec(cron) ?? [undefined, '']
  if (every === '') {
    throw new PublicationRefused(
      `The local QStash knows the cron expressions "* * * * *" and "*/n * * * *", not "${cron}".`,
    )
  }
  return Number(every) * MINUTE_MS
}
