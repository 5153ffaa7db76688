export interface PriorityLine<T> {
  readonly length: number
  /** The greatest priority in the line; undefined when it is empty. */
  readonly priority: number | undefined
  add(item: T, priority: number): void
  /** Removes the oldest item of the greatest priority. */
  take(): T | undefined
  clear(): void
}

interface Lane<T> {
  items: T[]
  head: number
}

/**
 * A priority queue: higher priorities first, then first come, first served. Few priorities exist, so each has its own lane.
 */
export function createPriorityLine<T>(): PriorityLine<T> {
  const lanes = new Map<number, Lane<T>>()
  let length = 0
  const greatest = () => (length === 0 ? undefined : Math.max(...lanes.keys()))

  return {
    get length() {
      return length
    },
    get priority() {
      return greatest()
    },
    add(item, priority) {
      const lane = lanes.get(priority)
      if (lane) lane.items.push(item)
      else lanes.set(priority, { items: [item], head: 0 })
      length += 1
    },
    take() {
      const priority = greatest()
      const lane = priority === undefined ? undefined : lanes.get(priority)
      if (priority === undefined || !lane) return undefined

      const item = lane.items[lane.head]
      lane.head += 1
      length -= 1
      if (lane.head === lane.items.length) lanes.delete(priority)
      // `shift()` is avoided because it moves all other items each time, which is slow in a lane of 100,000.
      if (lane.head >= 1_024 && lane.head * 2 > lane.items.length) {
        lane.items = lane.items.slice(lane.head)
        lane.head = 0
      }
      return item
    },
    clear() {
      lanes.clear()
      length = 0
    },
  }
}
