export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue }

/**
 * `T` if it survives `JSON.parse(JSON.stringify(value))`. A part that does not (a Date, Map, bigint, function …) becomes
 * `never`, so that the compiler points at that part.
 */
export type JsonCompatible<T> = unknown extends T
  ? T
  : T extends string | number | boolean | null | undefined
    ? T
    : T extends bigint | symbol | ((...args: never[]) => unknown) | Date | Map<unknown, unknown> | Set<unknown> | RegExp
      ? never
      : T extends object
        ? { [K in keyof T]: JsonCompatible<T[K]> }
        : never

/** Whether the value is an object in the sense of JSON; null and arrays are not. */
export function isJsonObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
