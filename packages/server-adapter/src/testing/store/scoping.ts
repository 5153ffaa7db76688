import { expect, it, vi } from 'vitest'
import type { TaskOwner, TaskScope } from '../../principal.js'
import type { TaskStore } from '../../store/task-store.js'
import { createOne, findOne, ownerOf } from './new-task.js'

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
  ['that is empty', () => ({})],
]

function without(scope: TaskScope, key: string): object {
  return Object.fromEntries(Object.entries(scope).filter(([name]) => name !== key))
}

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
