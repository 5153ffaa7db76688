import type { StoredTask } from '../../src/store/task-store.js'
import type { StoreMutant } from './store-mutant.js'

/** Stores that tell too much, or forget too little. */
export const PRIVACY_MUTANTS: readonly StoreMutant[] = [
  {
    name: 'cancels without saying who did',
    breaks: 'says who cancelled a task and who deleted it, in the task and in the audit',
    breakIt: (store) => ({ cancel: (taskId, scope) => store.cancel(taskId, scope) }),
  },
  {
    name: 'shows the audit of all tenants to each',
    breaks: 'keeps tenants apart, and narrows by person, owner, task and act',
    breakIt: (store) => ({ audit: (query) => store.audit({ ...query, tenantId: undefined }) }),
  },
  {
    name: 'forgets what was done at once',
    breaks: 'forgets entries after their time, and keeps them until then',
    breakIt: (store) => ({
      maintain: (input) => store.maintain({ ...input, retention: { ...input.retention, auditMs: 0 } }),
    }),
  },
  {
    name: 'erases a user by deleting what has ended',
    breaks: 'leaves nothing of a user’s tasks but tombstones without a name',
    breakIt: (store) => ({
      eraseUser: async ({ tenantId, userId, by, limit }) => {
        const scope = { reach: 'own', tenantId, userId, brandIds: '*' } as const
        const { tasks } = await store.list({ limit }, scope)
        for (const { taskId } of tasks) {
          await store.cancel(taskId, scope, { by })
          await store.delete(taskId, scope, { by })
        }
        return { erased: tasks.length, cancelled: 0, renamed: 0, forgotten: 0 }
      },
    }),
  },
  {
    name: 'lets tasks that follow an erased one keep its title',
    breaks: 'leaves no title of theirs in tasks of others that follow theirs',
    breakIt: (store) => {
      const titles = new Map<string, NonNullable<StoredTask['after']>>()
      return {
        create: (input) => {
          for (const { taskId, after } of input.tasks) if (after) titles.set(taskId, [...after])
          return store.create(input)
        },
        find: async (...input) => {
          const tasks = await store.find(...input)
          return tasks.map((task) => Object.assign(task, task.after && { after: titles.get(task.taskId) }))
        },
      }
    },
  },
  {
    name: 'erases a user of that name in every tenant',
    breaks: 'leaves other users, tenants and their keys alone',
    breakIt: (store) => ({
      eraseUser: async (input) => {
        await store.eraseUser({ ...input, tenantId: `${input.tenantId}-2` })
        return store.eraseUser(input)
      },
    }),
  },
]
