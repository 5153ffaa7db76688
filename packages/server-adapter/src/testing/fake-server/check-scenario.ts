import { taskErrorCodeSchema } from '@brandkit/core/schemas'
import * as z from 'zod'
import { readReportedUsage, type ReportedUsage } from '../../runtime/running/reported-usage.js'
import type { FakeScenario } from './fake-scenario.js'
import { faultsOf } from './faults-of.js'

/** Infinity is allowed: such a task never begins, or never ends. */
const duration = z.custom<number>((value) => typeof value === 'number' && value >= 0, 'Expected milliseconds from 0')
const count = z.custom<number>((value) => typeof value === 'number' && value >= 0, 'Expected a number from 0')
const percent = z.number().min(0).max(100)
const used = z.custom<ReportedUsage>(isUsage, 'Expected tokens or a cost, as `usage` of a generator takes them')

const schema = z.strictObject({
  startAfterMs: duration.optional(),
  durationMs: duration.optional(),
  result: z.unknown().optional(),
  partialResults: z.array(z.unknown()).optional(),
  texts: z.array(z.string()).optional(),
  usage: z.array(used).optional(),
  stopsAt: percent.optional(),
  failure: z
    .strictObject({
      attempts: count.optional(),
      code: taskErrorCodeSchema.optional(),
      message: z.string().optional(),
      retryable: z.boolean().optional(),
      atProgress: percent.optional(),
      retryAfterMs: z.number().min(0).optional(),
    })
    .optional(),
})

function isUsage(value: unknown): boolean {
  try {
    readReportedUsage(value as ReportedUsage)
    return true
  } catch {
    return false
  }
}

/**
 * Refuses a scenario of nonsense before a task follows it: `NaN` milliseconds would stop a task for ever without a word.
 *
 * @throws TypeError that names each wrong field, its value and what is allowed
 */
export function checkScenario(scenario: FakeScenario | null): FakeScenario | null {
  const faults = scenario === null ? [] : faultsOf(schema, scenario)
  if (faults.length > 0) throw new TypeError(`The scenario is wrong. ${faults.join(' ')}`)
  return scenario
}
