import { AFTER_MUTANTS } from './after-mutants.js'
import { memoryStore } from '../../src/memory.js'
import { UNIQUE_MUTANTS } from './unique-mutants.js'
import { PRIVACY_MUTANTS } from './privacy-mutants.js'
import { USAGE_MUTANTS } from './usage-mutants.js'
import type { Lease, TaskStore } from '../../src/store/task-store.js'
import type { CreateTasksInput } from '../../src/store/task-creation.js'
import { STEP_MUTANTS } from './step-mutants.js'
import { COUNTING_MUTANTS } from './counting-mutants.js'
import type { StoreMutant } from './store-mutant.js'
import { STORE_SEARCH_MUTANTS } from './store-search-mutants.js'
import { STORE_TEXT_MUTANTS } from './store-text-mutants.js'

const ANYONE = { reach: 'tenant', tenantId: 'acme' } as const

async function currentLease(store: TaskStore, lease: Lease): Promise<Lease> {
  const [task] = await store.find([lease.taskId], ANYONE)
  return { ...lease, epoch: task?.epoch ?? lease.epoch }
}

export const STORE_MUTANTS: readonly StoreMutant[] = [
  ...USAGE_MUTANTS,
  ...COUNTING_MUTANTS,
  ...UNIQUE_MUTANTS,
  ...AFTER_MUTANTS,
  ...STORE_SEARCH_MUTANTS,
  ...STORE_TEXT_MUTANTS,
  ...STEP_MUTANTS,
  {
    name: 'forgets what a released task waits for, and charges for it',
    breaks: 'queues a task that waits for a provider until its time, with what it waits for, and for nothing',
    breakIt: (store) => ({
      settle: (lease, end) => store.settle(lease, end.status === 'release' ? { ...end, wait: undefined } : end),
    }),
  },
  {
    name: 'gives a running task to a second worker',
    breaks: 'gives a due task to exactly one of many workers',
    breakIt: (store) => ({
      claim: async (input) => {
        const claim = await store.claim(input)
        const [task] = await store.find([input.taskId], ANYONE)
        if (claim.outcome !== 'busy' || !task) return claim
        const lease = { taskId: task.taskId, tenantId: task.tenantId, epoch: task.epoch }
        return { outcome: 'claimed', task, lease, checkpoints: new Map() }
      },
    }),
  },
  {
    name: 'claims in the insert for a caller that did not ask',
    breaks: 'claims nothing for a caller that did not ask, even in the same moment',
    breakIt: (store) => {
      let asked: CreateTasksInput['claim']
      return {
        create: (input) => {
          asked ??= input.claim
          queueMicrotask(() => (asked = undefined))
          return store.create({ ...input, claim: asked })
        },
      }
    },
  },
  {
    name: 'says that a replay was claimed, too',
    breaks: 'claims nothing for a replay, whoever runs the task by now',
    breakIt: (store) => ({
      create: async (input) => {
        const created = await store.create(input)
        if (!input.claim || !created.replayed) return created
        const tasks = created.tasks.map((task) => ({ ...task, attempt: task.attempt + 1, epoch: task.epoch + 1 }))
        return { ...created, tasks }
      },
    }),
  },
  {
    name: 'charges for an attempt that never began',
    breaks: 'costs no attempt when its worker is lost before the start',
    breakIt: (store) => ({
      create: async (input) => {
        const created = await store.create(input)
        for (const { taskId, tenantId, epoch, status } of input.claim ? created.tasks : [])
          if (status === 'processing') await store.report({ taskId, tenantId, epoch }, {})
        return created
      },
    }),
  },
  {
    name: 'lets an old epoch report',
    breaks: 'refuses the first worker once a second has taken over, even in the same moment',
    breakIt: (store) => ({
      report: async (lease, report) => store.report(await currentLease(store, lease), report),
    }),
  },
  {
    name: 'lets an old epoch end the task',
    breaks: 'refuses the first worker once a second has taken over, even in the same moment',
    breakIt: (store) => ({ settle: async (lease, end) => store.settle(await currentLease(store, lease), end) }),
  },
  {
    name: 'stores no notice of an end',
    breaks: 'stores a notice of each wanted end, with the end',
    breakIt: (store) => ({ settle: (lease, end) => store.settle(lease, { ...end, notices: undefined }) }),
  },
  {
    name: 'stores no notice of a task whose worker was lost',
    breaks: 'stores a notice of each wanted end, with the end',
    breakIt: (store) => ({ maintain: (input) => store.maintain({ ...input, notices: undefined }) }),
  },
  {
    name: 'stores no notice of a replaced task',
    breaks: 'stores a notice of a task that another replaces',
    breakIt: (store) => ({ create: (input) => store.create({ ...input, notices: undefined }) }),
  },
  {
    name: 'tells every target of every end',
    breaks: 'tells each target only of the ends that it wants, and of no attempt that is not the end',
    breakIt: (store) => ({
      settle: (lease, end) => {
        const all = Object.values(end.notices ?? {}).flat()
        return store.settle(lease, { ...end, notices: { completed: all, failed: all } })
      },
    }),
  },
  {
    name: 'takes notices without a lease',
    breaks: 'gives a notice to one of many takers while its lease lives, and again after it',
    breakIt: (store) => ({ takeNotices: (input) => store.takeNotices({ ...input, leaseMs: 0 }) }),
  },
  {
    name: 'never gives a notice up',
    breaks: 'gives a notice up that is refused, or that would come more than a day after the end, and says why',
    breakIt: (store) => ({
      takeNotices: ({ outcomes, ...input }) =>
        store.takeNotices({
          ...input,
          outcomes: outcomes.map((given) =>
            given.outcome === 'delivered'
              ? given
              : { ...given, outcome: 'failed', delayMs: 1_000, reason: given.reason },
          ),
        }),
    }),
  },
  {
    name: 'lists results',
    breaks: 'lists no results, and partial results only of what is under way',
    breakIt: (store) => ({
      list: async (filter, scope) => {
        const page = await store.list(filter, scope)
        const whole = await store.find(
          page.tasks.map(({ taskId }) => taskId),
          scope,
        )
        return { ...page, tasks: page.tasks.map((task) => whole.find(({ taskId }) => taskId === task.taskId) ?? task) }
      },
    }),
  },
  {
    name: 'does not know the end that it has written already',
    breaks: 'answers a repeated end after a lost reply with success: completed',
    breakIt: (store) => {
      const seen = new Set<string>()
      return {
        settle: async (lease, end) => {
          const key = `${lease.taskId} ${lease.epoch}`
          if (seen.has(key)) return store.settle({ ...lease, epoch: -1 }, end)
          seen.add(key)
          return store.settle(lease, end)
        },
      }
    },
  },
  {
    name: 'shows a tenant’s tasks to all of its users',
    breaks: 'finds by id only what the scope may see',
    breakIt: (store) => ({
      find: (taskIds, { tenantId }, options) => store.find(taskIds, { reach: 'tenant', tenantId }, options),
    }),
  },
  {
    name: 'answers reads of the same moment as if all were of one caller',
    breaks: 'finds for each of many readers at once what its own scope may see, as objects of its own',
    breakIt: (store) => {
      let first: Parameters<TaskStore['find']>[1] | undefined
      return {
        find: (taskIds, scope, options) => {
          first ??= scope
          queueMicrotask(() => (first = undefined))
          return store.find(taskIds, first, options)
        },
      }
    },
  },
  {
    name: 'takes the reach of brands for that of the tenant',
    breaks: 'reaches the tasks of all users in its brands by the reach of brands, and nothing else',
    breakIt: (store) => ({
      list: (filter, scope) =>
        store.list(filter, scope.reach === 'brand' ? { reach: 'tenant', tenantId: scope.tenantId } : scope),
    }),
  },
  ...PRIVACY_MUTANTS,
  {
    name: 'lets anybody of a tenant cancel',
    breaks: 'answers null for the task of another user, tenant or brand, and for nonsense',
    breakIt: (store) => ({
      cancel: (taskId, { tenantId }, acting) => store.cancel(taskId, { reach: 'tenant', tenantId }, acting),
    }),
  },
  {
    name: 'never expires a lease',
    breaks: 'queues a task whose lease has expired, and delivers it at once',
    breakIt: (store) => ({ maintain: (input) => store.maintain({ ...input, expireLeases: 'not-yet' }) }),
  },
  {
    name: 'never rings',
    breaks: 'rings an alarm that is due, once, and sets the next',
    breakIt: (store) => ({
      maintain: async (input) => {
        const outcome = await store.maintain(input)
        return outcome && { ...outcome, deliver: [] }
      },
    }),
  },
  {
    name: 'rings while the queue still holds every message',
    breaks: 'is silent while the queue holds as many messages as tasks are due',
    breakIt: (store) => ({ maintain: (input) => store.maintain({ ...input, waitingMessages: undefined }) }),
  },
  {
    name: 'takes no notice of idempotency keys',
    breaks: 'makes one task of 50 identical creates with one key',
    breakIt: (store) => ({ create: (input) => store.create({ ...input, idempotency: undefined }) }),
  },
  {
    name: 'inserts a batch task by task',
    breaks: 'inserts a batch whole or not at all',
    breakIt: (store) => ({
      create: async (input) => {
        const all = await Promise.all(input.tasks.map((task) => store.create({ ...input, tasks: [task] })))
        return { tasks: all.flatMap(({ tasks }) => tasks), replayed: false }
      },
    }),
  },
  {
    name: 'knows no limits',
    breaks: 'runs no more of one owner at once than it may, and holds the others',
    breakIt: (store) => ({
      create: (input) => store.create({ ...input, limits: undefined }),
      claim: (input) => store.claim({ ...input, limits: undefined }),
    }),
  },
  {
    name: 'leaves held what was held, whatever ends',
    breaks: 'releases the most urgent held task when a sibling ends, and only one',
    breakIt: () => ({ releaseNext: async () => [] }),
  },
  {
    name: 'knows no order of what waits',
    breaks: 'names what waits in the order in which it will be started: urgent first, then by age',
    breakIt: (store) => ({
      outlook: async (input) => {
        const outlook = await store.outlook(input)
        return { ...outlook, waiting: outlook.waiting.toReversed() }
      },
    }),
  },
  {
    name: 'tells of nothing',
    breaks: 'tells of the last version of every change, with its owner',
    breakIt: () => ({ watch: () => () => {} }),
  },
  {
    name: 'tells only of what is followed by its id',
    breaks:
      'tells what becomes of the tasks of a user that is followed, also of those that another creates, to their very end',
    breakIt: (store) => ({
      watch: (watcher) =>
        store.watch({
          ...watcher,
          onChanges(changes) {
            const followed = new Set(watcher.following())
            watcher.onChanges(changes.filter(({ taskId }) => followed.has(taskId)))
          },
        }),
    }),
  },
]

/** The memory store with one fault. */
export function mutantStore({ breakIt }: StoreMutant): TaskStore {
  const store = memoryStore()
  return { ...store, ...breakIt(store) }
}
