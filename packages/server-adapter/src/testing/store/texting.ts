import { expect, it } from 'vitest'
import type { TaskStore } from '../../store/task-store.js'
import { claimOne, createOne, findOne, FULL_PASS, ownerOf } from './new-task.js'
import { playTexts } from './play-texts.js'
import { readText, textOf } from './text-reader.js'

export function describeTexting(store: () => TaskStore): void {
  const start = async () => {
    const input = await createOne(store())
    const { lease } = await claimOne(store(), input)
    return { input, lease }
  }
  const retry = { status: 'retry', delayMs: 0, errorCode: 'generator_failed', lastError: 'No.' } as const

  it('gives a reader only what is new, by a cursor that changes with the text', async () => {
    const { input, lease } = await start()
    expect(await findOne(store(), input)).not.toHaveProperty('textCursor')
    await store().report(lease, { text: { at: 0, append: 'Once upon ' } })
    const first = await readText(store(), input)
    await store().report(lease, { progress: 10 })
    expect(await findOne(store(), input)).toMatchObject({ textCursor: first.cursor })
    await store().report(lease, { text: { at: 10, append: 'a time' } })
    const second = await readText(store(), input, first.cursor)
    expect([first, second]).toEqual([
      { from: 0, append: 'Once upon ', cursor: expect.any(String) as string },
      { from: 10, append: 'a time', cursor: (await findOne(store(), input)).textCursor },
    ])
    expect(second.cursor).not.toBe(first.cursor)
    expect(await readText(store(), input, second.cursor)).toEqual({ from: 16, append: '', cursor: second.cursor })
  })

  it('reads a text without payload, result and partial result, and no text with them', async () => {
    const { input, lease } = await start()
    await store().report(lease, { partialResult: 1, text: { at: 0, append: 'Hello' } })
    const [read] = await store().find([input.taskId], ownerOf(input), { textAfter: '' })
    for (const content of ['payload', 'result', 'partialResult']) expect(read).not.toHaveProperty(content)
    expect(await findOne(store(), input)).not.toHaveProperty('text')
  })

  it('keeps every character, also half a pair whose other half comes later', async () => {
    const { input, lease } = await start()
    const [high, low] = '😀'.split('')
    await store().report(lease, { text: { at: 0, append: `nul \u0000 "quoted" ${high}` } })
    await store().report(lease, { text: { at: 16, append: `${low} عربى` } })
    expect(await textOf(store(), input)).toBe('nul \u0000 "quoted" 😀 عربى')
  })

  it('cuts the text to the last checkpoint at the next claim, and tells readers from where it is new', async () => {
    const { input, lease } = await start()
    await store().report(lease, { text: { at: 0, append: 'Kept. ' } })
    await store().checkpoint(lease, { step: 'channels', output: 1, text: { at: 6, append: 'And kept. ' } })
    await store().report(lease, { text: { at: 16, append: 'Lost.' } })
    const before = await readText(store(), input)
    await store().settle(lease, retry)
    expect(await textOf(store(), input)).toBe('Kept. And kept. Lost.')

    const second = await claimOne(store(), input)
    expect(second.text).toBe('Kept. And kept. ')
    expect(second.task.textCursor).not.toBe(before.cursor)
    expect(await readText(store(), input, before.cursor)).toMatchObject({ from: 16, append: '' })
    // As long as the lost text, so that only the attempt tells them apart.
    await store().report(second.lease, { text: { at: 16, append: 'Anew.' } })
    expect(await readText(store(), input, before.cursor)).toMatchObject({ from: 16, append: 'Anew.' })
    expect(await textOf(store(), input)).toBe('Kept. And kept. Anew.')
  })

  it('begins anew in a second attempt when nothing was checkpointed', async () => {
    const { input, lease } = await start()
    await store().report(lease, { text: { at: 0, append: 'Lost.' } })
    await store().settle(lease, retry)
    const second = await claimOne(store(), input)
    expect(second.text).toBeUndefined()
    expect(await textOf(store(), input)).toBe('')
  })

  it('keeps pieces that stand for a text of another length, and gives them to who asks for pieces as they were', async () => {
    const { input, lease } = await start()
    await store().report(lease, { text: { at: 0, append: '<once>', length: 4 } })
    await store().checkpoint(lease, { step: 'channels', output: 1, text: { at: 4, append: '<upon a>', length: 6 } })
    await store().report(lease, { text: { at: 10, append: '<time>', length: 4 } })
    const [all, rest] = await Promise.all(
      ['', `${lease.epoch}.4`].map(async (textAfter) =>
        store().find([input.taskId], ownerOf(input), { textAfter, textAs: 'pieces' }),
      ),
    )
    expect(all).toMatchObject([{ textCursor: `${lease.epoch}.14` }])
    expect(all?.[0]?.textPieces).toEqual([
      { at: 0, until: 4, epoch: lease.epoch, piece: '<once>' },
      { at: 4, until: 10, epoch: lease.epoch, piece: '<upon a>' },
      { at: 10, until: 14, epoch: lease.epoch, piece: '<time>' },
    ])
    expect(rest?.[0]?.textPieces).toContainEqual({ at: 4, until: 10, epoch: lease.epoch, piece: '<upon a>' })
    await store().settle(lease, retry)
    const claim = await store().claim({ ...input, knownTypes: [input.type], leaseMs: 60_000, textAs: 'pieces' })
    // What the claim has cut may be among them.
    const kept = expect.arrayContaining(all?.[0]?.textPieces?.slice(0, 2) ?? []) as unknown
    expect(claim).toMatchObject({ task: { textPieces: kept, textCursor: `${lease.epoch}.10` } })
  })

  it('changes nothing by a repetition that comes late', async () => {
    const { input, lease } = await start()
    await store().report(lease, { text: { at: 0, append: 'One, two' } })
    await store().report(lease, { text: { at: 8, append: ', three' } })
    await store().report(lease, { text: { at: 0, append: 'One' } })
    expect(await textOf(store(), input)).toBe('One, two, three')
    // The answer to the first write was lost, so the worker repeats it with what is new.
    await store().report(lease, { text: { at: 8, append: ', three, four' } })
    expect(await textOf(store(), input)).toBe('One, two, three, four')
  })

  it('keeps texts, a checkpoint and the end that come together, in their order', async () => {
    const { input, lease } = await start()
    const [, , , settled] = await Promise.all([
      store().report(lease, { text: { at: 0, append: 'a' } }),
      store().checkpoint(lease, { step: 'channels', output: 1, text: { at: 0, append: 'ab' } }),
      store().report(lease, { text: { at: 2, append: 'c' } }),
      store().settle(lease, { ...retry, text: { at: 2, append: 'cd' } }),
    ])
    expect(await textOf(store(), input)).toBe('abcd')
    expect(settled.textCursor).toBe((await findOne(store(), input)).textCursor)
    expect((await claimOne(store(), input)).text).toBe('ab')
  })

  it('refuses text of a worker that has lost its task, even in the same moment', async () => {
    const input = await createOne(store())
    const { lease: abandoned } = await claimOne(store(), input, 0)
    await store().report(abandoned, { text: { at: 0, append: 'Old' } })
    await store().maintain(FULL_PASS)
    const { lease } = await claimOne(store(), input)
    const [fresh, stale] = await Promise.allSettled([
      store().report(lease, { text: { at: 0, append: 'New' } }),
      store().report(abandoned, { text: { at: 0, append: 'Old and older' } }),
    ])
    expect(fresh.status).toBe('fulfilled')
    expect(stale).toMatchObject({ status: 'rejected', reason: { code: 'ownership_lost' } })
    expect(await textOf(store(), input)).toBe('New')
  })

  it('keeps the text of a task that has ended, in whatever way, until it is emptied', async () => {
    const ends = [
      { status: 'completed', result: 1 },
      { status: 'failed', errorCode: 'generator_refused', lastError: 'No.' },
    ] as const
    const inputs = await Promise.all(
      ends.map(async (end) => {
        const { input, lease } = await start()
        await store().settle(lease, { ...end, text: { at: 0, append: 'The end' } })
        return input
      }),
    )
    for (const input of inputs) {
      expect(await textOf(store(), input)).toBe('The end')
      await store().delete(input.taskId, ownerOf(input))
      expect(await textOf(store(), input)).toBe('')
      expect(await findOne(store(), input)).not.toHaveProperty('textCursor')
    }
  })

  it('shows a text only to those who see its task', async () => {
    const { input, lease } = await start()
    await store().report(lease, { text: { at: 0, append: 'Secret' } })
    const stranger = ownerOf(await createOne(store()))
    expect(await store().find([input.taskId], stranger, { textAfter: '' })).toEqual([])
  })

  it('refuses a cursor that is none', async () => {
    const { input } = await start()
    for (const textAfter of ['nonsense', '1', '1.x', '-1.2', '1.99999999999', "1.0' or true"]) {
      await expect(store().find([input.taskId], ownerOf(input), { textAfter })).rejects.toMatchObject({
        code: 'invalid_request',
      })
    }
  })

  it('leads every reader to the stored text, whatever is cut, repeated or read late', async () => {
    const { read, stored } = await playTexts(store(), { moves: 120 })
    expect(read).toEqual(read.map(() => stored))
  })
}
