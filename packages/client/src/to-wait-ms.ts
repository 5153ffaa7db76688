/** The longest that a server, or a proxy in front of it, keeps a page from asking, in milliseconds: an hour. */
const LONGEST_WAIT_MS = 60 * 60 * 1_000

/**
 * How long a server, a proxy or an app asks us to wait, if that is a number of milliseconds from 0. More than an hour counts as an hour:
 * a page that asks nothing for longer would look dead, and a slip of a proxy would stop it for good.
 */
export function toWaitMs(value: unknown): number | undefined {
  return typeof value === 'number' && value >= 0 ? Math.min(value, LONGEST_WAIT_MS) : undefined
}
