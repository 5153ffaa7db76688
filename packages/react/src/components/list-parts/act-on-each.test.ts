import { TaskError } from '@brandkit/core'
import { describe, expect, it } from 'vitest'
import { actOnEach } from './act-on-each.js'

const ids = Array.from({ length: 9 }, (_, index) => `task-${index}`)

async function refuseThird(taskId: string): Promise<void> {
  if (taskId === 'task-3') throw new TaskError('task_is_over', 'It has ended.')
}

describe('an action on each of many tasks', () => {
  it('takes all of them, at most four at once, and tells how far it is', async () => {
    const turns: number[] = []
    let [open, most] = [0, 0]
    const taken: string[] = []
    const progress = await actOnEach(
      ids,
      async (taskId) => {
        most = Math.max(most, ++open)
        await Promise.resolve()
        taken.push(taskId)
        open -= 1
      },
      (turn) => turns.push(turn),
    )
    expect(progress).toEqual({ done: 9, refused: 0 })
    expect(taken.toSorted()).toEqual(ids)
    expect(most).toBe(4)
    expect(turns).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9])
  })

  it('passes over those that the server refuses', async () => {
    await expect(actOnEach(ids, refuseThird, () => {})).resolves.toEqual({ done: 8, refused: 1 })
  })

  it('stops at an outage, which would hit the others, too', async () => {
    const taken: string[] = []
    const act = async (taskId: string) => {
      taken.push(taskId)
      throw new TaskError('network_error', 'No answer.')
    }
    await expect(actOnEach(ids, act, () => {})).rejects.toMatchObject({ code: 'network_error' })
    expect(taken).toHaveLength(4)
  })
})
