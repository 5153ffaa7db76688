import type { TaskPhase, TaskSummary } from '@brandkit/core'
import type { Translate } from './translate.js'

/** Beyond this span a time of day is easier to read than a duration. */
const FAR_MS = 6 * 3_600_000

interface PhaseTextOptions {
  phase: TaskPhase
  /** Milliseconds since the epoch; `null` on the server and during hydration, where no text may depend on the time. */
  now: number | null
  translate: Translate
  /** The name of the person who cancelled the task; `null` for one without a name, `undefined` for the owner or the reader. */
  canceller: string | null | undefined
}

/** The words for what a task does now: "Waiting", "Starts in 40 min", the title of its step. Every component takes them here. */
export function phaseText(task: TaskSummary, { phase, now, translate, canceller }: PhaseTextOptions): string {
  const waitMs = now === null ? null : task.runAt.getTime() - now
  switch (phase) {
    case 'running':
      return task.currentStep ? translate.step(task, task.currentStep) : translate('phase.running')
    case 'throttled':
      return translate('phase.throttled', { provider: translate.provider(task.waitingFor?.provider ?? '') })
    case 'waiting-for-task': {
      const [first, ...others] = task.waitsFor ?? []
      return translate('phase.following', { title: first?.title ?? '', count: others.length + 1 })
    }
    case 'retrying': {
      // A task that was released by a worker's shutdown waits as well, but has no error to show.
      if (task.lastError === undefined) return translate('phase.waiting')
      const values = { attempt: task.retryCount + 1, most: task.maxRetries }
      if (waitMs === null || waitMs <= 0) return translate('phase.retrySoon', values)
      return translate('phase.retryIn', { ...values, time: translate.duration(waitMs) })
    }
    case 'scheduled':
      if (waitMs === null) return translate('phase.scheduled')
      return waitMs > FAR_MS
        ? translate('phase.startsAt', { time: translate.moment(task.runAt) })
        : translate('phase.startsIn', { time: translate.estimate(waitMs) })
    case 'cancelled':
      if (canceller === null) return translate('phase.cancelledByOther')
      return canceller ? translate('phase.cancelledBy', { name: canceller }) : translate('phase.cancelled')
    default:
      return translate(`phase.${phase}`)
  }
}
