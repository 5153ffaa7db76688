import { createCallContext } from '../../platform.js'

/** A step that runs, or the rest of the generator around the steps. */
interface Work {
  owner: StepWorks
  parent: Work | null
  /** Requests that were granted here, and whose outcome no checkpoint keeps yet. */
  grants: number
  /** Calls that wait for a provider. */
  waits: number
  /** Steps that this one runs. */
  steps: number
}

const innermost = createCallContext<Work>()

/**
 * What the generator of one attempt is doing, so that the attempt is released only when all of it waits, and when no request is
 * lost that a provider was paid for.
 */
export class StepWorks {
  private readonly onEnd: () => void
  private readonly root: Work = { owner: this, parent: null, grants: 0, waits: 0, steps: 0 }
  private readonly active = new Set<Work>([this.root])

  /** @param onEnd called when a step has ended */
  constructor(onEnd: () => void) {
    this.onEnd = onEnd
  }

  /** Runs a step until its checkpoint is stored. */
  async run<T>(step: () => Promise<T>): Promise<T> {
    const parent = this.current()
    const work: Work = { owner: this, parent, grants: 0, waits: 0, steps: 0 }
    parent.steps += 1
    this.active.add(work)
    try {
      return await innermost.run(work, step)
    } finally {
      parent.steps -= 1
      this.active.delete(work)
      this.onEnd()
    }
  }

  /** Notes a request that was granted to the calling code. */
  grant(): void {
    this.current().grants += 1
  }

  /** Notes that the calling code waits. Returns the function that ends the wait. */
  wait(): () => void {
    const work = this.current()
    work.waits += 1
    return () => {
      work.waits -= 1
    }
  }

  /** Whether everything waits, and nothing that was paid for would have to be asked for again. */
  mayBeReleased(): boolean {
    return [...this.active].every(({ grants, waits, steps }) => grants === 0 && (waits > 0 || steps > 0))
  }

  private current(): Work {
    const work = innermost.getStore()
    return work?.owner === this ? work : this.root
  }
}
