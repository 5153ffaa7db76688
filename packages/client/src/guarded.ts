/** Returns the result of `access`, or `undefined` if it throws. */
export function guarded<R>(access: () => R): R | undefined {
  try {
    return access()
  } catch {
    return undefined
  }
}
