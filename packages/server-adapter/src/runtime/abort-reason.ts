/** Why the runtime stops a generator. It is the `name` of the signal's reason. */
export type AbortReason = 'cancelled' | 'ownership_lost' | 'task_timed_out' | 'shutdown' | 'invocation_over'

/** What `signal.reason` holds, so that fetches and libraries reject with an error that explains itself. */
export class AttemptAborted extends Error {
  override readonly name = 'AbortError'
  readonly reason: AbortReason

  constructor(reason: AbortReason) {
    super(`The attempt was aborted: ${reason}.`)
    this.reason = reason
  }
}
