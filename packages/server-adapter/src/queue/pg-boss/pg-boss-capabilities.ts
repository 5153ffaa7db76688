import type { QueueCapabilities } from '../queue-backend.js'

/**
 * What pg-boss can do. In a file of its own, because the server's default queue says this before it loads the code of the
 * queue.
 */
export const PG_BOSS_CAPABILITIES = {
  mode: 'pull',
  priority: true,
  // pg-boss documents no limit; a year is longer than any task waits.
  maxDelayMs: 31_536_000_000,
  durable: true,
  localStart: true,
} as const satisfies QueueCapabilities
