/**
 * An object that is made when something first reads it. Schemas are made so: building all of them took a third of the time
 * that importing this package takes, and most processes parse by a few of them only.
 *
 * The stand-in behaves as the object in all but its identity: reads, `in`, `instanceof` of zod, spreading.
 */
export function lazily<T extends object>(make: () => T): T {
  let made: T | undefined
  const real = () => (made ??= make())
  return new Proxy({} as T, {
    get: (_stand, key) => Reflect.get(real(), key) as unknown,
    has: (_stand, key) => Reflect.has(real(), key),
    ownKeys: () => Reflect.ownKeys(real()),
    getPrototypeOf: () => Reflect.getPrototypeOf(real()),
    getOwnPropertyDescriptor(_stand, key) {
      const descriptor = Reflect.getOwnPropertyDescriptor(real(), key)
      // A proxy may call no property fixed that its own target lacks.
      return descriptor && { ...descriptor, configurable: true }
    },
  })
}
