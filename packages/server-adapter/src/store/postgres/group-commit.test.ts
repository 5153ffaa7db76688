import { setImmediate as nextTurn } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { groupCommit, type GroupCommitOptions } from './group-commit.js'

/** A database whose statements end when the test decides. */
function controlled(overrides: Partial<GroupCommitOptions<string, string>> = {}) {
  const statements: { entries: readonly string[]; finish(): void }[] = []
  const add = groupCommit<string, string>({
    run: (entries) =>
      new Promise((resolve, reject) => {
        const finish = () => {
          if (entries.includes('bad')) return reject(new Error('bad value'))
          if (entries.includes('cut')) return reject(new Error('no connection'))
          resolve(entries.map((entry) => entry.toUpperCase()))
        }
        statements.push({ entries, finish })
      }),
    isCommonFailure: (error) => error instanceof Error && error.message === 'no connection',
    ...overrides,
  })
  return { add, statements }
}

/** Runs everything that can run before a statement ends: one turn for work after an answer, one for the next statement. */
async function settled() {
  await nextTurn()
  await nextTurn()
}

async function finishAll(statements: { finish(): void }[]) {
  for (let index = 0; index < statements.length; index += 1) {
    statements[index]?.finish()
    await settled()
  }
}

describe('groupCommit', () => {
  it('sends an entry that finds nothing in flight in the next turn, without a timer', async () => {
    const { add, statements } = controlled()
    const answer = add('a')
    await nextTurn()
    expect(statements.map(({ entries }) => entries)).toEqual([['a']])
    statements[0]?.finish()
    expect(await answer).toBe('A')
  })

  it('sends what arrives meanwhile together in the next statement, and answers each its own', async () => {
    const { add, statements } = controlled()
    const first = add('a')
    await settled()
    const others = ['b', 'c', 'd'].map(add)
    await settled()
    expect(statements).toHaveLength(1)
    await finishAll(statements)
    expect(statements.map(({ entries }) => entries)).toEqual([['a'], ['b', 'c', 'd']])
    expect(await Promise.all([first, ...others])).toEqual(['A', 'B', 'C', 'D'])
  })

  it('sends together what waited in the event loop, though the database answers without letting it turn', async () => {
    const statements: (readonly string[])[] = []
    const add = groupCommit<string, string>({
      run: async (entries) => {
        statements.push(entries)
        return entries
      },
      isCommonFailure: () => false,
    })
    // Each is a separate request: its turn comes after the work that the previous request started.
    await Promise.all(
      ['a', 'b', 'c'].map(async (entry) => {
        await nextTurn()
        return add(entry)
      }),
    )
    expect(statements).toEqual([['a', 'b', 'c']])
  })

  it('fails the guilty entry alone', async () => {
    const { add, statements } = controlled()
    const answers = Promise.allSettled(['a', 'bad', 'c'].map(add))
    await settled()
    await finishAll(statements)
    expect((await answers).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(statements.map(({ entries }) => entries)).toEqual([['a', 'bad', 'c'], ['a'], ['bad'], ['c']])
  })

  it('tries nothing singly when the connection is gone, and goes on with what comes later', async () => {
    const { add, statements } = controlled()
    const answers = Promise.allSettled(['a', 'cut', 'c'].map(add))
    await settled()
    const later = add('later')
    await finishAll(statements)
    expect((await answers).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
    expect(statements.map(({ entries }) => entries)).toEqual([['a', 'cut', 'c'], ['later']])
    expect(await later).toBe('LATER')
  })

  it('lets nothing of a key into a statement after the entry that closes it, nor overtake it', async () => {
    const { add, statements } = controlled({
      keyOf: (entry) => entry.slice(0, 1),
      closes: (entry) => entry.endsWith('!'),
    })
    const answers = Promise.all(['a1', 'a!', 'a2', 'b1', 'a!', 'a3'].map(add))
    await settled()
    await finishAll(statements)
    await answers
    expect(statements.map(({ entries }) => entries)).toEqual([['a1', 'a!', 'b1'], ['a2', 'a!'], ['a3']])
  })

  it('keeps statements within their limits, but sends a single large entry whole', async () => {
    const { add, statements } = controlled({ maxEntries: 3, maxBytes: 10, sizeOf: (entry) => entry.length })
    const answers = Promise.all(['1', '2', '3', '4', 'a'.repeat(50), '5', '6'].map(add))
    await settled()
    await finishAll(statements)
    expect((await answers).at(-1)).toBe('6')
    expect(statements.map(({ entries }) => entries.length)).toEqual([3, 1, 1, 2])
  })
})
