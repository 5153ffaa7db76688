import { assertDelay } from './store-errors.js'
import { createTurns } from './encrypted/in-turn.js'
import { openTask, parse, withUnreadable } from './encrypted/open-task.js'
import type { PayloadCodec } from './encrypted/payload-codec.js'
import { createSealWrites } from './encrypted/seal-writes.js'
import { createSeals, Unreadable } from './encrypted/seals.js'
import type { StoredTask, TaskStore } from './task-store.js'

/**
 * A store whose content is encrypted by the app's codec: payloads, results, partial results, outputs of steps and items,
 * streamed texts, and the texts of failures. The database sees ciphertext; everything above the store sees what it wrote.
 *
 * **What stays readable**, because stores search, sort, count or compare it: titles, tags, ids, the keys of steps, items and unique
 * work, usage, providers, times and statuses, the reasons of undelivered notices, and with an idempotency key a SHA-256 digest of
 * the request, by which a guess of the whole request can be confirmed. So a title or a key should not be made of a secret.
 *
 * Values that were stored before stay readable as they are. Content that cannot be decrypted concerns its one task: lists show
 * the task, a read of it throws TaskError `content_unreadable`, and a worker retries it and then fails it with this code.
 *
 * @param store any store. It must not be used without the codec beside this one.
 */
export function encryptedStore(store: TaskStore, codec: PayloadCodec): TaskStore {
  const seals = createSeals(codec)
  const sealed = createSealWrites(seals)
  const inTurn = createTurns()

  const open = (task: StoredTask) => openTask(task, seals)
  const openAll = (tasks: readonly StoredTask[]) => Promise.all(tasks.map(open))
  const openOne = async (task: StoredTask | null) => task && open(task)

  const encrypting: Encrypting = {
    async open(context) {
      if (context) seals.tellTo(context.logger)
      await store.open(context)
    },
    async create(input) {
      const tasks = await Promise.all(input.tasks.map((task) => sealed.task(task)))
      const outcome = await store.create({ ...input, tasks })
      const { replaced } = outcome
      return {
        ...outcome,
        tasks: await openAll(outcome.tasks),
        ...(replaced && { replaced: await openAll(replaced) }),
      }
    },
    async find(taskIds, scope, options = {}) {
      const isText = options.textAfter !== undefined
      const found = await store.find(taskIds, scope, isText ? { ...options, textAs: 'pieces' } : options)
      return Promise.all(found.map((task) => openTask(task, seals, options)))
    },
    async list(filter, scope) {
      const page = await store.list(filter, scope)
      return { ...page, tasks: await openAll(page.tasks) }
    },
    async claim(input) {
      const { textAs } = input
      const claim = await store.claim({ ...input, textAs: 'pieces' })
      if (claim.outcome !== 'claimed') return claim
      const [{ text, ...task }, outputs] = await Promise.all([
        openTask(claim.task, seals, { textAs }),
        Promise.all(
          Array.from(
            claim.checkpoints,
            async ([key, output]) => [key, await seals.open(output, claim.task, parse)] as const,
          ),
        ),
      ])
      const readable = outputs.filter(([, output]) => !(output instanceof Unreadable))
      return {
        ...claim,
        task: withUnreadable(
          task,
          outputs.map(([, output]) => output),
        ),
        text: text?.append || undefined,
        checkpoints: new Map(readable),
      }
    },
    report: (lease, report) =>
      inTurn(lease.taskId, sealed.report(report, lease), (written) => store.report(lease, written)),
    checkpoint: (lease, checkpoint) =>
      inTurn(lease.taskId, sealed.checkpoint(checkpoint, lease), (written) => store.checkpoint(lease, written)),
    async settle(lease, end) {
      assertDelay(end)
      return open(await inTurn(lease.taskId, sealed.end(end, lease), (written) => store.settle(lease, written)))
    },
    cancel: async (...input) => openOne(await store.cancel(...input)),
    delete: async (...input) => openOne(await store.delete(...input)),
    async takeNotices(input) {
      const taken = await store.takeNotices(input)
      const tasks = await openAll(taken.map(({ task }) => task))
      return taken.map(({ task, ...notice }, index) => Object.assign(notice, { task: tasks[index] ?? task }))
    },
  }
  return withOthers(encrypting, store)
}

/** The members that carry content. */
type Encrypting = Pick<
  TaskStore,
  | 'open'
  | 'create'
  | 'find'
  | 'list'
  | 'claim'
  | 'report'
  | 'checkpoint'
  | 'settle'
  | 'cancel'
  | 'delete'
  | 'takeNotices'
>

/** The members that carry none. The compiler reports a new member of `TaskStore` that is missing here and above. */
const OTHERS: Readonly<Record<Exclude<keyof TaskStore, keyof Encrypting>, 'as it is'>> = {
  name: 'as it is',
  capabilities: 'as it is',
  place: 'as it is',
  database: 'as it is',
  close: 'as it is',
  audit: 'as it is',
  eraseUser: 'as it is',
  releaseNext: 'as it is',
  beat: 'as it is',
  maintain: 'as it is',
  watch: 'as it is',
  stats: 'as it is',
  throughput: 'as it is',
  usage: 'as it is',
  outlook: 'as it is',
  ping: 'as it is',
}

/** Members may be getters that throw before the store is open, so each is read when it is used. */
function withOthers(encrypting: Encrypting, store: TaskStore): TaskStore {
  const whole = { ...encrypting } as TaskStore
  for (const member of Object.keys(OTHERS)) {
    if (!(member in store)) continue
    const get = () => {
      const value: unknown = Reflect.get(store, member)
      return typeof value === 'function' ? value.bind(store) : value
    }
    Object.defineProperty(whole, member, { enumerable: true, get })
  }
  return whole
}
