/** The mechanisms that make the protocol safe and live. The model check switches off one at a time. */
export const MODEL_GUARDS = [
  /** Claim takes queued tasks only. */
  'claim-takes-queued',
  /** Attempts are counted when they begin, not when they end. */
  'count-at-claim',
  /** A worker's writes show the epoch. */
  'epoch-on-write',
  /** Cancel takes the task from its worker: it moves the epoch on, and writes ask for `processing`. */
  'cancel-fences',
  /** Expiry looks again, inside its update, whether the lease is still expired. */
  'expiry-looks-again',
  /** A task changes hands with a new epoch: at expiry, at a retry and at the next claim. */
  'handover-moves-epoch',
  /** A finished step's output is given to the next attempt. */
  'step-memory',
  /** A queued row rings until it is heard. */
  'alarm',
  /** Leases run out. */
  'lease',
] as const
export type ModelGuard = (typeof MODEL_GUARDS)[number]
