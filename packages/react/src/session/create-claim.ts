/**
 * Starts a worker unless another one works. When it is stopped, the next claim starts. Both `start` and the claim return
 * the function that stops them.
 */
export type Claim = (start: () => () => void) => () => void

/** For what must happen once, although several callers ask for it. The first claim works. */
export function createClaim(): Claim {
  const claims = new Set<() => () => void>()
  let stop: (() => void) | undefined

  return (start) => {
    claims.add(start)
    stop ??= start()
    return () => {
      const [worker] = claims
      claims.delete(start)
      if (worker !== start) return
      stop?.()
      const [next] = claims
      stop = next?.()
    }
  }
}
