/**
 * The same promise, whose rejection counts as handled from birth: awaiting it rejects as ever, and leaving it unawaited
 * does no harm. Without it Node.js ends the process, with everything else that the process was busy with.
 *
 * Mark the promise that goes out, since an `async` function makes a new one.
 */
export function handled<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {})
  return promise
}

/** A copy of an object of functions: the promises that they return are handled. None may need its `this`. */
export function withHandled<T extends object>(functions: T): T {
  const entries = Object.entries(functions).map(([name, value]: [string, unknown]) => [name, toHandling(value)])
  return Object.fromEntries(entries) as T
}

function toHandling(value: unknown): unknown {
  if (typeof value !== 'function') return value
  return (...input: unknown[]) => {
    const output: unknown = value(...input)
    return output instanceof Promise ? handled(output) : output
  }
}
