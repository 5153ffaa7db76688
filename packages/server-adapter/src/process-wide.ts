/**
 * A map that all copies of this package in one process share. Bundlers evaluate a module more than once: Next in its
 * instrumentation and in each route, and every hot reload again. The number in the name is the format of what is kept.
 */
export function processWide<Value>(name: `${string}/${number}`): Map<string, Value> {
  const key = Symbol.for(`brandkit.${name}`)
  const shared = globalThis as unknown as Record<symbol, Map<string, Value> | undefined>
  return (shared[key] ??= new Map())
}
