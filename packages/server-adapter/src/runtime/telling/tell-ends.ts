import { isTerminal, type TaskLogger } from '@brandkit/core'
import type { EndNotices } from '../../store/notice.js'
import type { StoredTask, TaskStore } from '../../store/task-store.js'
import { createNoticeDelivery, type NoticeDelivery } from './notice-delivery.js'
import { type NotifyOptions, toEndNotices } from './notify-target.js'

/** The store of a server with `notify`, and the deliveries of what it stores; the same store and null for other servers. */
export function tellEnds(
  store: TaskStore,
  { notify, drainMs, logger }: { notify: NotifyOptions | undefined; drainMs: number; logger: TaskLogger },
): { store: TaskStore; delivery: NoticeDelivery | null } {
  const notices = notify && toEndNotices(notify)
  if (!notices) return { store, delivery: null }
  const delivery = createNoticeDelivery({ store, notify, drainMs, logger })
  const openTargets = () => Promise.all(Object.values(notify.targets).map(async (target) => target.open?.()))
  return { store: tellingStore(store, { notices, openTargets, ring: delivery.ring }), delivery }
}

interface TellingStoreOptions {
  notices: EndNotices
  /** Makes the targets ready before the store opens. */
  openTargets: () => Promise<unknown>
  /** Called when a notice may be due. */
  ring: () => void
}

/**
 * Decorates a store, so that each write that may end a task names the targets to be told. No caller can forget it, and servers
 * without targets have no decorator.
 */
function tellingStore(store: TaskStore, { notices, openTargets, ring }: TellingStoreOptions): TaskStore {
  function ringFor<Ended extends StoredTask | null>(task: Ended): Ended {
    if (task && isTerminal(task.status) && notices[task.status]?.length) ring()
    return task
  }

  const telling: Pick<TaskStore, 'open' | 'create' | 'settle' | 'cancel' | 'releaseNext' | 'maintain'> = {
    async open(context) {
      await openTargets()
      await store.open(context && { ...context, notices })
    },
    async create(input) {
      const outcome = await store.create({ ...input, notices })
      outcome.replaced?.forEach(ringFor)
      return outcome
    },
    settle: async (lease, end) => ringFor(await store.settle(lease, { ...end, notices })),
    async releaseNext(ended, options) {
      const due = await store.releaseNext(ended, { ...options, notices })
      if (ended.awaited) ring()
      return due
    },
    cancel: async (taskId, scope, options) => ringFor(await store.cancel(taskId, scope, { ...options, notices })),
    async maintain(input) {
      const outcome = await store.maintain({ ...input, notices })
      if (outcome?.noticesDue) ring()
      return outcome
    },
  }
  // Members may be getters that throw before the store is open, so none is read here.
  return Object.create(store, Object.getOwnPropertyDescriptors(telling)) as TaskStore
}
