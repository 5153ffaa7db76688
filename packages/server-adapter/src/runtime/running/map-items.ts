import { isJsonObject, LIMITS } from '@brandkit/core'
import { generatorMistake, kindOf } from '../plain-message.js'
import type { MapOptions } from './step-function.js'

const DEFAULT_CONCURRENCY = 5

/**
 * Callers in JavaScript may leave out what the types demand.
 *
 * @throws TaskError `internal_error`
 */
export function assertMapInput(step: string, items: unknown, options: unknown, work: unknown): void {
  if (
    Array.isArray(items) &&
    typeof work === 'function' &&
    isJsonObject(options) &&
    typeof options['key'] === 'function'
  )
    return
  throw generatorMistake(
    `step.map("${step}") takes a list of items, { key: (item) => … } and the work of one item. One of them is missing.`,
  )
}

/**
 * The keys of the items, in their order.
 *
 * @throws TaskError `internal_error` for what a store could not tell apart, and for too many
 */
export function keysOfItems<Item>(step: string, items: readonly Item[], { key }: MapOptions<Item>): string[] {
  const keys = items.map((item) => key(item))
  const known = new Set<string>()
  for (const itemKey of keys) {
    assertItemKey(step, itemKey)
    if (known.has(itemKey))
      throw generatorMistake(
        `Step "${step}" has two items with the key "${itemKey}". Give step.map a \`key\` that is different for each item.`,
      )
    known.add(itemKey)
  }
  return keys
}

/** @throws TaskError `internal_error` for a key that is no text, or that a store could not keep unchanged */
export function assertItemKey(step: string, key: unknown): asserts key is string {
  if (typeof key === 'string' && key !== '' && key.length <= LIMITS.idCharacters && isStorable(key)) return
  throw generatorMistake(
    `The key of an item of step "${step}" must be a text of 1 to ${LIMITS.idCharacters} characters, without NUL and halves of surrogate pairs. It is ${typeof key === 'string' ? JSON.stringify(key) : kindOf(key)}.`,
  )
}

function isStorable(key: string): boolean {
  return key.isWellFormed() && !key.includes('\0')
}

/** @throws TaskError `internal_error` */
export function assertItemCount(step: string, count: number): void {
  if (count <= LIMITS.itemsPerStep) return
  throw generatorMistake(
    `Step "${step}" has ${count} items; a step has ${LIMITS.itemsPerStep} at most. Let an item do the work of several.`,
  )
}

/**
 * Runs the items, some at a time, and gives the outputs in their order. After a failure no further item starts, and the
 * first error is thrown once the running ones have ended, so that what they cost is not lost.
 */
export async function mapItems<Item>(
  step: string,
  items: readonly Item[],
  { concurrency = DEFAULT_CONCURRENCY }: Pick<MapOptions<Item>, 'concurrency'>,
  run: (item: Item, index: number) => Promise<unknown>,
): Promise<unknown[]> {
  if (!Number.isInteger(concurrency) || concurrency < 1 || concurrency > LIMITS.itemsPerStep)
    throw generatorMistake(
      `step.map("${step}"): concurrency is ${concurrency}; it must be a whole number from 1 to ${LIMITS.itemsPerStep}.`,
    )
  const outputs: unknown[] = Array.from({ length: items.length })
  const rest = items.entries()
  const failures: unknown[] = []

  async function runNext(): Promise<void> {
    for (const [index, item] of rest) {
      try {
        outputs[index] = await run(item, index)
      } catch (error) {
        failures.push(error)
      }
      if (failures.length > 0) return
    }
  }

  await Promise.all(Array.from({ length: Math.min(concurrency, items.length) }, runNext))
  if (failures.length > 0) throw failures[0]
  return outputs
}
