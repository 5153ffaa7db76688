/** The mechanisms that make the protocol safe and live. The model check switches off one at a time. */
export const MODEL_GUARDS = [
  /** Claim takes queued tasks only. */
  'claim-takes-queued',
  /** Attempts are counted when they begin, not when they end. */
  'count-at-claim',
  /** A worker's writes carry the epoch. */
  'epoch-on-write',
  /** Cancel takes the task from its worker: it raises the epoch, and writes require `processing`. */
  'cancel-fences',
  /** Expiry checks again, inside its update, that the lease is still expired. */
  'expiry-looks-again',
  /** A task gets a new epoch with each handover: at expiry, at a retry and at the next claim. */
  'handover-moves-epoch',
  /** The next attempt gets the output of each finished step. */
  'step-memory',
  /** A queued row rings until a worker claims it. */
  'alarm',
  /** A lease that expires before the first write of a task that its insert claimed costs no attempt. */
  'newborn-is-free',
  /** A create that is repeated starts nothing, although it gets the task and its epoch. */
  'replay-starts-nothing',
  /** Leases expire. */
  'lease',
] as const
export type ModelGuard = (typeof MODEL_GUARDS)[number]
