import { fromCheckpointKey } from '../checkpoint-key.js'
import { toShownText, toStorableText } from '../storable-text.js'
import type { TakeOver } from '../take-over.js'
import type { MemoryRow } from './memory-row.js'
import { copyKeptText } from './text-of-row.js'

/** Gives a new row the finished work of an ended one. The old row keeps its own. */
export function takeOverRow(
  row: MemoryRow,
  takeOver: TakeOver | undefined,
  rows: ReadonlyMap<string, MemoryRow>,
): MemoryRow {
  const old = takeOver && rows.get(takeOver.taskId)
  if (!old || old.purgedAt !== undefined || old.input.tenantId !== row.input.tenantId) return row
  const stored = new Set(takeOver.steps.map(toStorableText))
  const shown = new Set(takeOver.steps.map(toShownText))
  for (const [key, output] of old.checkpoints) {
    if (stored.has(fromCheckpointKey(key).step)) row.checkpoints.set(key, output)
  }
  row.stepStartedAt = pick(old.stepStartedAt, shown)
  row.stepCompletedAt = pick(old.stepCompletedAt, shown)
  row.stepItems = old.stepItems && pick(old.stepItems, shown)
  row.progress = Math.min(takeOver.progress, 99.9)
  if (takeOver.text === 'kept') row.text = copyKeptText(old)
  return row
}

function pick<Value>(values: Readonly<Record<string, Value>>, keys: ReadonlySet<string>): Record<string, Value> {
  return Object.fromEntries(Object.entries(values).filter(([key]) => keys.has(key)))
}
