import { describeError, type TaskLogger } from '@brandkit/core'

/** Renews credentials once for all the requests that were refused with them. */
export interface Renewal {
  /** To be taken before a request is sent: says later which credentials it had. */
  mark(): number
  /** Resolves to whether sending again makes sense. */
  renew(mark: number): Promise<boolean>
}

export function createRenewal(onUnauthenticated: (() => Promise<boolean>) | undefined, logger: TaskLogger): Renewal {
  let running: Promise<boolean> | undefined
  let ended = 0
  let renewed = false

  async function run(): Promise<boolean> {
    try {
      renewed = (await onUnauthenticated?.()) === true
    } catch (error) {
      // The caller is told `unauthenticated`, which is what it can act on; why stands here.
      logger.warn('onUnauthenticated failed', { error: describeError(error) })
      renewed = false
    }
    ended += 1
    running = undefined
    return renewed
  }

  return {
    mark: () => ended,
    async renew(mark) {
      // A refusal that comes in late was meant for the old credentials: the renewal that ended since answers it too.
      if (mark !== ended) return renewed
      running ??= run()
      return running
    },
  }
}
