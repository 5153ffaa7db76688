/** What `access` gives, or `undefined` when it throws. */
export function guarded<R>(access: () => R): R | undefined {
  try {
    return access()
  } catch {
    return undefined
  }
}
