import { LONGEST_TIME_MS, SOME, SOME_TIME } from './number-range.js'
import { assertOptions, FUNCTION, OBJECT, oneOf, type OptionKind, type OptionRules, TEXT } from './option-rules.js'
import type { StepDefinition, TaskCatalog, TaskDefinition } from './task-catalog.js'
import { TASK_PRIORITIES } from './task-priority.js'

const SCHEMA: OptionKind = {
  description: 'a schema of zod 4',
  fits: (value) => OBJECT.fits(value) && '_zod' in (value as object),
}

const TASK: OptionRules<TaskDefinition> = {
  title: FUNCTION,
  payload: SCHEMA,
  result: SCHEMA,
  steps: OBJECT,
  upgrade: FUNCTION,
  maxPriority: /* @__PURE__ */ oneOf(TASK_PRIORITIES),
  timeoutMs: {
    ...SOME_TIME,
    insteadOfInfinity:
      'Write the longest time that an attempt can sensibly take, such as 25 * 24 * 60 * 60 * 1_000 for 25 days.',
  },
  // Kept in a column of whole numbers.
  version: SOME,
  maxRetries: { least: 0, most: 1_000, isWhole: true },
  deadlineMs: { ...SOME_TIME, insteadOfInfinity: 'Leave it out for no deadline.' },
  timeToLiveMs: { ...SOME_TIME, insteadOfInfinity: `Write ${LONGEST_TIME_MS} for a hundred years.` },
  concurrency: { ...SOME, insteadOfInfinity: 'Leave it out for no limit.' },
}

const STEP: OptionRules<StepDefinition> = {
  title: TEXT,
  output: SCHEMA,
  weight: { least: 0, most: 1_000_000 },
}

/** @throws TypeError or RangeError for what makes no sense in a catalog; the message names task type and option */
export function assertCatalog(catalog: TaskCatalog): void {
  for (const [type, definition] of Object.entries(catalog)) {
    assertOptions(type, definition, TASK, { needed: ['title', 'payload', 'result', 'steps'] })
    for (const [key, step] of Object.entries(definition.steps)) {
      assertOptions(`${type}.steps.${key}`, step, STEP, { needed: ['title', 'output'] })
    }
  }
}
