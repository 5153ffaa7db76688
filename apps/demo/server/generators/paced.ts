import { type Pace, pacedMap } from './paced-map.ts'

/** Computes one thing and takes the step's time for it. */
export async function paced<Out>(compute: () => Out, pace: Pace): Promise<Out> {
  const out = compute()
  await pacedMap([out], () => undefined, { ...pace, onItems: undefined })
  return out
}
