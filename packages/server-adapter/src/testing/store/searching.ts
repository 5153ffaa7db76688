import { expect, it } from 'vitest'
import type { NewStoredTask, StoredTask, TaskStore } from '../../store/task-store.js'
import { claimOne, createOne, findOne, newTask, ownerOf, times } from './new-task.js'

/** In alphabetical order: tasks that were created in the same millisecond have no other. */
const titlesOf = (tasks: readonly StoredTask[]) => tasks.map(({ title }) => title).toSorted()

export function describeSearching(store: () => TaskStore): void {
  /** Creates tasks of one new owner. */
  async function createAll(...tasks: Partial<NewStoredTask>[]) {
    const owner = { userId: `user-${crypto.randomUUID()}`, brandId: 'aurora' }
    const inputs: NewStoredTask[] = []
    for (const task of tasks) inputs.push(await createOne(store(), { ...owner, ...task }))
    return { scope: ownerOf(newTask(owner)), inputs }
  }

  it('keeps the tags of a task in their order through its whole life, and a task without tags has none', async () => {
    const tags = ['Sommer 2026', 'a-b_c', "O'Brien & Söhne", '"x"', '品牌', '🎉']
    const tagged = newTask({ tags })
    const key = { key: crypto.randomUUID(), requestHash: 'a' }
    const { tasks } = await store().create({ tasks: [tagged], idempotency: key })
    expect(tasks[0]?.tags).toEqual(tags)
    expect((await store().create({ tasks: [tagged], idempotency: key })).tasks[0]?.tags).toEqual(tags)
    expect((await findOne(store(), tagged)).tags).toEqual(tags)
    expect((await store().list({ limit: 1 }, ownerOf(tagged))).tasks[0]?.tags).toEqual(tags)
    const { lease, task } = await claimOne(store(), tagged)
    expect(task.tags).toEqual(tags)
    expect((await store().settle(lease, { status: 'completed', result: 1 })).tags).toEqual(tags)

    for (const none of [undefined, []]) {
      const plain = await createOne(store(), { tags: none })
      expect(await findOne(store(), plain)).not.toHaveProperty('tags')
    }
  })

  it('finds tasks by the beginnings of the words of title and tags', async () => {
    const titles = {
      plain: 'Media plan: Spring-Sale_2026',
      accents: 'Straße ÉTÉ',
      han: '品牌キット',
      marks: `it's "quoted" & | ! :* <-> \\ ada@acme.example`,
      emoji: '🎉',
      tagged: 'Personas',
      long: 'a'.repeat(300),
    }
    const { scope } = await createAll(
      ...Object.values(titles).map((title) => ({ title, tags: title === 'Personas' ? ['Summer sale', 'Größe'] : [] })),
    )
    const find = async (search: string) => titlesOf((await store().list({ limit: 50, search }, scope)).tasks)

    expect(await find('spring')).toEqual([titles.plain])
    expect(await find('SALE')).toEqual([titles.plain, titles.tagged])
    expect(await find('sale_20 medi')).toEqual([titles.plain])
    expect(await find('edia')).toEqual([])
    expect(await find('media winter')).toEqual([])
    expect(await find('strasse été')).toEqual([titles.accents])
    expect(await find('ete')).toEqual([])
    expect(await find('牌')).toEqual([titles.han])
    expect(await find('grö')).toEqual([titles.tagged])
    expect(await find('acme@ada')).toEqual([titles.marks])
    expect(await find(`"quoted' & | !:* <-> \\`)).toEqual([titles.marks])
    expect(await find('a'.repeat(250))).toEqual([titles.long])
    expect(await find('a'.repeat(64).replace(/a$/, 'b'))).toEqual([])
    // A search without a word finds nothing.
    for (const search of ['', ' ', '&', ':*', "'", '\\', '🎉', '\u0000']) expect(await find(search)).toEqual([])
  })

  it('lists only tasks that have all of the tags, exactly as they are written', async () => {
    const { scope } = await createAll(
      { title: 'both', tags: ['Summer', 'Aurora'] },
      { title: 'one', tags: ['Summer'] },
      { title: 'none' },
    )
    const list = async (tags: string[]) => titlesOf((await store().list({ limit: 50, tags }, scope)).tasks)
    expect(await list(['Summer'])).toEqual(['both', 'one'])
    expect(await list(['Aurora', 'Summer'])).toEqual(['both'])
    expect(await list(['summer'])).toEqual([])
    expect(await list(['Summer', "x'"])).toEqual([])
    expect(await list([])).toEqual(['both', 'none', 'one'])
  })

  it('filters by the time of creation, on both sides without the moment itself', async () => {
    const { scope, inputs } = await createAll({ title: 'only' })
    const createdAt = Date.parse((await findOne(store(), inputs[0]!)).createdAt)
    const at = (ms: number) => new Date(createdAt + ms).toISOString()
    const list = async (filter: object) => titlesOf((await store().list({ limit: 5, ...filter }, scope)).tasks)
    expect(await list({ createdAfter: at(-1), createdBefore: at(1) })).toEqual(['only'])
    expect(await list({ createdAfter: at(-1), createdBefore: at(1), search: 'only' })).toEqual(['only'])
    expect(await list({ createdAfter: at(0) })).toEqual([])
    expect(await list({ createdBefore: at(0) })).toEqual([])
    expect(await list({ createdBefore: at(0), search: 'only' })).toEqual([])
  })

  it('searches together with every other condition', async () => {
    const { scope, inputs } = await createAll(
      { title: 'plan one', brandId: 'borealis', batchId: 'b1', tags: ['x'] },
      { title: 'plan two', type: 'GENERATE_TRENDS' },
      { title: 'plan three' },
    )
    await store().cancel(inputs[2]!.taskId, scope)
    const list = async (filter: object) =>
      titlesOf((await store().list({ limit: 5, search: 'plan', ...filter }, scope)).tasks)
    expect(await list({})).toEqual(['plan one', 'plan three', 'plan two'])
    expect(await list({ brandId: 'borealis' })).toEqual(['plan one'])
    expect(await list({ type: 'GENERATE_TRENDS' })).toEqual(['plan two'])
    expect(await list({ status: ['cancelled'] })).toEqual(['plan three'])
    expect(await list({ batchId: 'b1', tags: ['x'] })).toEqual(['plan one'])
    expect(await list({ endedAfter: new Date(Date.now() - 3_600_000).toISOString() })).toEqual(['plan three'])
    await store().delete(inputs[2]!.taskId, scope)
    expect(await list({ status: ['cancelled'] })).toEqual([])
  })

  it('searches only what the scope may see', async () => {
    const word = `w${crypto.randomUUID().slice(0, 8)}`
    const mine = await createOne(store(), { title: word, tags: [word] })
    const theirs = await createOne(store(), { title: word, tags: [word] })
    const foreign = await createOne(store(), { title: word, tags: [word], tenantId: 'globex' })
    const find = async (scope: Parameters<TaskStore['list']>[1], filter: object) =>
      (await store().list({ limit: 50, ...filter }, scope)).tasks.map(({ taskId }) => taskId)
    for (const filter of [{ search: word }, { tags: [word] }]) {
      expect(await find(ownerOf(mine), filter)).toEqual([mine.taskId])
      expect(await find({ ...ownerOf(mine), brandIds: [] }, filter)).toEqual([])
      expect(await find({ reach: 'tenant', tenantId: 'globex' }, filter)).toEqual([foreign.taskId])
      const all = await find({ reach: 'tenant', tenantId: 'acme' }, filter)
      expect(all.toSorted()).toEqual([mine.taskId, theirs.taskId].toSorted())
    }
  })

  it('looks at a bounded number of tasks for each page of a search, and loses none at its end', async () => {
    const userId = `user-${crypto.randomUUID()}`
    // Created in one instant, so their ids are their order. The second page has no needle.
    const ids: string[] = times(250, () => crypto.randomUUID()).toSorted()
    const needles = new Set([ids[249], ids[44], ids[0]])
    const titleOf = (taskId: string) => (needles.has(taskId) ? 'needle' : 'hay')
    await store().create({ tasks: ids.map((taskId) => newTask({ taskId, userId, title: titleOf(taskId) })) })
    const pages: number[] = []
    const found = new Set<string>()
    let cursor: string | undefined
    do {
      const page = await store().list({ limit: 1, search: 'needle', cursor }, ownerOf(newTask({ userId })))
      pages.push(page.tasks.length)
      for (const { taskId } of page.tasks) found.add(taskId)
      cursor = page.nextCursor ?? undefined
    } while (cursor !== undefined)
    expect(found.size).toBe(3)
    expect(pages.filter((length) => length === 1)).toHaveLength(3)
    expect(pages.length).toBeLessThanOrEqual(6)
    // A page without a needle tells that the store stopped looking.
    expect(pages).toContain(0)
  })

  it('ends the page of a search after a hundred tasks for each that was asked for', async () => {
    const userId = `user-${crypto.randomUUID()}`
    await store().create({ tasks: times(101, () => newTask({ userId })) })
    const scope = ownerOf(newTask({ userId }))
    const first = await store().list({ limit: 1, search: 'needle' }, scope)
    expect(first).toMatchObject({ tasks: [], nextCursor: expect.any(String) as unknown })
    const second = await store().list({ limit: 1, search: 'needle', cursor: first.nextCursor! }, scope)
    expect(second).toEqual({ tasks: [], nextCursor: null })
    expect((await store().list({ limit: 2, search: 'needle' }, scope)).nextCursor).toBeNull()
  })
}
