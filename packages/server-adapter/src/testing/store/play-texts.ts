import type { TaskStore } from '../../store/task-store.js'
import { claimOne, createOne } from './new-task.js'
import { readText, textOf } from './text-reader.js'

/**
 * A long life of one task, always the same: its worker appends, repeats, makes checkpoints and fails, and each reader reads
 * in its own rhythm.
 *
 * @returns the readers' texts at the end, and what is stored
 */
export async function playTexts(store: TaskStore, { moves }: { moves: number }) {
  const input = await createOne(store, { maxRetries: moves })
  const readers = [2, 5, 17].map((every) => ({ every, text: '', cursor: '' }))
  const draw = createDraw()
  let { lease } = await claimOne(store, input)
  let text = ''
  /** How much of the text is stored for sure. */
  let known = 0

  async function read(reader: (typeof readers)[number]): Promise<void> {
    const { from, append, cursor } = await readText(store, input, reader.cursor)
    Object.assign(reader, { text: reader.text.slice(0, from) + append, cursor })
  }

  for (let move = 1; move <= moves; move += 1) {
    text += `${move}${'.'.repeat(draw(4))} `
    const news = { at: known, append: text.slice(known) }
    const drawn = draw(8)
    if (drawn === 0) {
      await store.checkpoint(lease, { step: `step-${move}`, output: move, text: news })
    } else if (drawn === 1) {
      await store.settle(lease, {
        status: 'retry',
        delayMs: 0,
        errorCode: 'generator_failed',
        lastError: '',
        text: news,
      })
      const claim = await claimOne(store, input)
      lease = claim.lease
      text = claim.text ?? ''
    } else {
      await store.report(lease, { text: news })
    }
    // Sometimes the answer is lost, and the worker repeats the text with the next write.
    if (drawn < 2 || draw(3) > 0) known = text.length
    for (const reader of readers) if (move % reader.every === 0) await read(reader)
  }
  for (const reader of readers) await read(reader)
  return { read: readers.map((reader) => reader.text), stored: await textOf(store, input) }
}

/** A linear congruential generator (Numerical Recipes), so that every run is the same. */
function createDraw() {
  let state = 42
  return (below: number) => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32
    return Math.floor((state / 2 ** 32) * below)
  }
}
