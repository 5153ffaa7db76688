/** Sizes and counts that both sides keep to. Bytes are UTF-8. */
export const LIMITS = {
  /** A payload as JSON. */
  payloadBytes: 256 * 1024,
  /** A result as JSON. */
  resultBytes: 1024 * 1024,
  partialResultBytes: 64 * 1024,
  /** Ids in one status read, tasks in one batch, tasks on one page of a list. */
  tasksPerRequest: 100,
  /** Longest `wait` of a status read, in seconds. */
  waitSeconds: 25,
  /** A stream of events is never silent for longer. */
  beatSeconds: 15,
  /** How long an ended task stays in the snapshot of a stream. */
  snapshotMinutes: 15,
  /** Characters of an id, a brand id or an idempotency key. */
  idCharacters: 200,
  titleCharacters: 200,
  /** Most retries that a request may ask for. */
  maxRetries: 10,
} as const
