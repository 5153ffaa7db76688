/**
 * A map that all copies of this package in one process share. Bundlers evaluate a module more than once: Next does so in
 * its instrumentation, in each route and after every hot reload. The number in the name is the version of the values' format.
 */
export function processWide<Value>(name: `${string}/${number}`): Map<string, Value> {
  const key = Symbol.for(`brandkit.${name}`)
  const shared = globalThis as unknown as Record<symbol, Map<string, Value> | undefined>
  return (shared[key] ??= new Map())
}
