/** How this page hears of its tasks. */
export interface TaskConnection {
  /**
   * `live`: a stream tells every change. `polling`: the page asks. `offline`: it cannot. `auth-required`: the server does
   * not know the user any more. The last two say nothing about the tasks, which go on.
   */
  state: 'live' | 'polling' | 'offline' | 'auth-required'
  /** When the server was heard of last. */
  lastUpdatedAt?: Date | undefined
}
