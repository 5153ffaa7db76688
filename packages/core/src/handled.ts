/**
 * Marks a promise as handled and returns it. Awaiting the promise still rejects, and ignoring it does no harm. An
 * unhandled rejection would end the whole Node.js process.
 *
 * Mark the promise that is handed to the caller, since an `async` function makes a new one.
 */
export function handled<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {})
  return promise
}

/** A copy of an object of functions whose returned promises are handled. The functions must not use `this`. */
export function withHandled<T extends object>(functions: T): T {
  const entries = Object.entries(functions).map(([name, value]: [string, unknown]) => [name, toHandling(value)])
  return Object.fromEntries(entries) as T
}

function toHandling(value: unknown): unknown {
  if (typeof value !== 'function') return value
  // Deno hands no request to a handler that declares no parameter.
  return (first: unknown, ...others: unknown[]) => {
    const output: unknown = value(first, ...others)
    return output instanceof Promise ? handled(output) : output
  }
}
