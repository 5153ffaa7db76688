import type { StepItems } from '@brandkit/core'

/** Counts the items of one step in one attempt. */
export class ItemCount {
  private readonly known = new Set<string>()
  /** The items of lists, whose number is known before they run. */
  private readonly listed = new Set<string>()
  private hasList = false
  private readonly stored = new Set<string>()
  /** The items that are both listed and stored. */
  private done = 0

  /** How many items there are, whether they are done, run or wait. */
  get size(): number {
    return this.known.size
  }

  /** The share that is done, 0 to 1. 0 as long as the number of all items is unknown. */
  get share(): number {
    if (!this.hasList) return 0
    return this.listed.size === 0 ? 1 : this.done / this.listed.size
  }

  has(item: string): boolean {
    return this.stored.has(item)
  }

  add(item: string): void {
    this.known.add(item)
  }

  list(items: readonly string[]): void {
    this.hasList = true
    for (const item of items) {
      this.known.add(item)
      if (!this.listed.has(item) && this.stored.has(item)) this.done += 1
      this.listed.add(item)
    }
  }

  store(item: string): void {
    this.known.add(item)
    if (!this.stored.has(item) && this.listed.has(item)) this.done += 1
    this.stored.add(item)
  }

  /** Undoes `store` for an item that could not be stored. */
  drop(item: string): void {
    if (this.stored.delete(item) && this.listed.has(item)) this.done -= 1
  }

  /** What the page shows. */
  toItems(): StepItems {
    if (!this.hasList) return { done: this.stored.size }
    return { done: this.done, total: this.listed.size }
  }
}
