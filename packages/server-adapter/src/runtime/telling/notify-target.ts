import { assertOptions, FUNCTION, isJsonObject, LIST, OBJECT, type OptionRules, toPrintable } from '@brandkit/core'
import type { TaskSummaryJson, TerminalStatus } from '@brandkit/core'
import type { EndNotices } from '../../store/notice.js'

/** What a target is told of a task that has ended. It holds neither payload nor result. */
export interface Notice {
  /** The same for each delivery to this target, so that receivers can drop repetitions. */
  id: string
  type: `task.${TerminalStatus}`
  /** When the task ended, ISO 8601. */
  timestamp: string
  data: {
    tenantId: string
    /** The owner of the task. */
    userId: string
    task: TaskSummaryJson
    /** The address of the task's page, if the server has `notify.linkTo`. */
    link?: string
  }
}

export interface NotifyTarget {
  /** The ends to be told of. Default: `completed` and `failed`. */
  ends?: readonly TerminalStatus[] | undefined
  /** Whether the target wants this notice. Asked before each delivery. Default: yes. */
  wants?: ((notice: Notice) => boolean | Promise<boolean>) | undefined
  /**
   * Delivers one notice, at least once: repetitions have the same id. A rejection, or more than 15 seconds, is a failed
   * delivery, which is tried again for 24 hours. A `FatalTaskError` ends it at once; a `RetryableTaskError` may say when to
   * try again. The signal aborts when the time is over.
   */
  deliver: (notice: Notice, context: { signal: AbortSignal; attempt: number }) => unknown
  /** Called when the server connects; a rejection stops it, for instance because a package is missing. Default: nothing. */
  open?: (() => Promise<void>) | undefined
}

export interface NotifyOptions {
  /** The targets by name. A stored notice finds its target by this name, so a renamed target gets no earlier notices. */
  targets: Readonly<Record<string, NotifyTarget>>
  /** The address of a task's page, for `data.link`. Default: no link. */
  linkTo?: ((notice: Notice) => string) | undefined
}

const RULES: OptionRules<NotifyOptions> = { targets: OBJECT, linkTo: FUNCTION }
const TARGET_RULES: OptionRules<NotifyTarget> = { ends: LIST, wants: FUNCTION, deliver: FUNCTION, open: FUNCTION }
const DEFAULT_ENDS: readonly TerminalStatus[] = ['completed', 'failed']
const ENDS: readonly unknown[] = ['completed', 'failed', 'cancelled'] satisfies TerminalStatus[]
/** The name becomes part of ids, which senders sign with dots between the parts. */
const NAME = /^[a-z][\w-]{0,49}$/i

/** @throws TypeError that names the option and its allowed values */
export function assertNotifyOptions(notify: NotifyOptions | undefined): void {
  if (notify === undefined) return
  assertOptions('notify', notify, RULES, { needed: ['targets'], isClosed: true })
  for (const [name, target] of Object.entries(notify.targets)) {
    if (!NAME.test(name)) {
      throw new TypeError(
        `notify.targets has the name "${toPrintable(name)}". A name begins with a letter and has up to 50 letters, digits, _ and -.`,
      )
    }
    const where = `notify.targets.${name}`
    if (!isJsonObject(target)) {
      throw new TypeError(`${where} must be an object with \`deliver\`, such as webhookTarget({ url, secret }).`)
    }
    assertOptions(where, target, TARGET_RULES, { needed: ['deliver'] })
    if (target.ends?.some((end) => !ENDS.includes(end))) {
      throw new TypeError(`${where}.ends holds something else than ${ENDS.join(', ')}.`)
    }
  }
}

/** The names of the targets by the end that they are told of; null without targets. */
export function toEndNotices({ targets }: NotifyOptions): EndNotices | null {
  const all = Object.entries(targets)
  if (all.length === 0) return null
  const toldOf = (status: TerminalStatus) =>
    all.filter(([, { ends = DEFAULT_ENDS }]) => ends.includes(status)).map(([name]) => name)
  return { completed: toldOf('completed'), failed: toldOf('failed'), cancelled: toldOf('cancelled') }
}
