import { expect, it, vi } from 'vitest'
import type { TaskOwner, TaskScope } from '../../principal.js'
import type { NewStoredTask, TaskStore } from '../../store/task-store.js'
import { createOne, findOne, ownerOf, times } from './new-task.js'

/** Scopes that the types forbid, but that a cast or JavaScript can make. */
const FORCED: readonly [what: string, break_: (scope: TaskScope) => object][] = [
  ['without a user', (scope) => without(scope, 'userId')],
  ['whose user is undefined', (scope) => ({ ...scope, userId: undefined })],
  ['whose user is null', (scope) => ({ ...scope, userId: null })],
  ['without a tenant', (scope) => without(scope, 'tenantId')],
  ['whose tenant is null', (scope) => ({ ...scope, tenantId: null })],
  ['without brands', (scope) => ({ ...scope, brandIds: undefined })],
  ['whose brands are null', (scope) => ({ ...scope, brandIds: null })],
  ['whose brands are a text that holds the brand’s name', (scope) => ({ ...scope, brandIds: 'aurora, borealis' })],
  ['without a reach', (scope) => without(scope, 'reach')],
  ['of an unknown reach', (scope) => ({ ...scope, reach: 'planet' })],
  ['of a whole tenant, which is missing', () => ({ reach: 'tenant' })],
  ['of brands, which are missing', ({ tenantId }) => ({ reach: 'brand', tenantId })],
  ['of no brand', ({ tenantId }) => ({ reach: 'brand', tenantId, brandIds: [] })],
  ['of every brand, without a tenant', () => ({ reach: 'brand', brandIds: '*' })],
  ['that is empty', () => ({})],
]

function without(scope: TaskScope, key: string): object {
  return Object.fromEntries(Object.entries(scope).filter(([name]) => name !== key))
}

const idsOf = (tasks: readonly { taskId: string }[]) => tasks.map(({ taskId }) => taskId).toSorted()

export function describeScoping(store: () => TaskStore): void {
  it.each(FORCED)('finds, lists, cancels and deletes nothing by a scope %s', async (_, break_) => {
    const waiting = await createOne(store())
    const ended = await createOne(store())
    await store().cancel(ended.taskId, ownerOf(ended))
    const before = [await findOne(store(), waiting), await findOne(store(), ended)]

    for (const { input, change } of [
      { input: waiting, change: 'cancel' },
      { input: ended, change: 'delete' },
    ] as const) {
      const forced = break_(ownerOf(input)) as TaskScope
      expect(await store().find([input.taskId], forced)).toEqual([])
      expect((await store().list({ limit: 100 }, forced)).tasks).toEqual([])
      expect(await store()[change](input.taskId, forced)).toBeNull()
    }
    expect([await findOne(store(), waiting), await findOne(store(), ended)]).toEqual(before)
  })

  it('reaches the tasks of all users in its brands by the reach of brands, and nothing else', async () => {
    const tenantId = `tenant-${crypto.randomUUID()}`
    const hers = await createOne(store(), { tenantId })
    const his = await createOne(store(), { tenantId })
    const elsewhere = [
      await createOne(store(), { tenantId, userId: hers.userId, brandId: 'borealis' }),
      await createOne(store(), { userId: hers.userId }),
    ]
    const brand: TaskScope = { reach: 'brand', tenantId, brandIds: ['aurora'] }
    const seen = idsOf([hers, his])
    const all = [hers, his, ...elsewhere].map(({ taskId }) => taskId)
    expect(idsOf(await store().find(all, brand))).toEqual(seen)
    expect(idsOf((await store().list({ limit: 100 }, brand)).tasks)).toEqual(seen)
    expect(idsOf((await store().list({ limit: 100 }, { ...brand, brandIds: '*' })).tasks)).toHaveLength(3)

    for (const { taskId } of elsewhere) {
      expect(await store().cancel(taskId, brand)).toBeNull()
      expect(await store().delete(taskId, brand)).toBeNull()
    }
    for (const { taskId } of [hers, his]) {
      expect(await store().cancel(taskId, brand)).toMatchObject({ taskId, status: 'cancelled' })
      expect(await store().delete(taskId, brand)).toMatchObject({ taskId, purgedAt: expect.any(String) as string })
    }
  })

  it('pages through the tasks of a brand from the newest to the oldest, whoever created them', async () => {
    const tenantId = `tenant-${crypto.randomUUID()}`
    const users = ['ada', 'grace', 'linus']
    const created: NewStoredTask[] = []
    for (const index of times(9, (at) => at)) {
      const userId = users[index % users.length] ?? 'ada'
      await createOne(store(), { tenantId, userId, brandId: 'borealis' })
      created.push(await createOne(store(), { tenantId, userId }))
    }
    const scope: TaskScope = { reach: 'brand', tenantId, brandIds: ['aurora', 'nobodys'] }
    const whole = (await store().list({ limit: 100 }, scope)).tasks
    expect(idsOf(whole)).toEqual(idsOf(created))
    const moments = whole.map(({ createdAt }) => createdAt)
    expect(moments).toEqual(moments.toSorted().toReversed())

    const paged: string[] = []
    let cursor: string | undefined
    do {
      const page = await store().list({ limit: 2, cursor }, scope)
      paged.push(...page.tasks.map(({ taskId }) => taskId))
      cursor = page.nextCursor ?? undefined
    } while (cursor !== undefined)
    expect(paged).toEqual(whole.map(({ taskId }) => taskId))
  })

  it('goes on notifying when one of its watchers follows an owner without a user', async () => {
    const input = await createOne(store())
    const seen: string[] = []
    const owners = [{ reach: 'own', tenantId: input.tenantId } as TaskOwner, ownerOf(input)]
    const stop = store().watch({
      onChanges: (changes) => seen.push(...changes.map(({ taskId }) => taskId)),
      following: () => [],
      owners: () => owners,
    })
    await store().cancel(input.taskId, ownerOf(input))
    await vi.waitFor(() => expect(seen).toContain(input.taskId), { timeout: 60_000 })
    stop()
  })
}
