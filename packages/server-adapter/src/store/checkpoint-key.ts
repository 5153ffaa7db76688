import { ITEM_SEPARATOR } from '@brandkit/core'
import type { StepCheckpoint } from './attempt-writes.js'

/** The name under which a checkpoint is stored and given to later attempts: a step, or one item of a step. */
export function toCheckpointKey(step: string, item?: string): string {
  return item === undefined ? step : `${step}${ITEM_SEPARATOR}${item}`
}

/** Undoes `toCheckpointKey`. The key of an item may contain the separator, and that of a step cannot. */
export function fromCheckpointKey(key: string): { step: string; item?: string } {
  const end = key.indexOf(ITEM_SEPARATOR)
  return end < 0 ? { step: key } : { step: key.slice(0, end), item: key.slice(end + ITEM_SEPARATOR.length) }
}

/** Whether the step is finished with this checkpoint. A step whose total is unknown may have further items. */
export function finishesStep({ item, items }: Pick<StepCheckpoint, 'item' | 'items'>): boolean {
  return item === undefined || (items !== undefined && items.done === items.total)
}
