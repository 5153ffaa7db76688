import { describe, expect, it } from 'vitest'
import { describeTaskStore } from '../testing/store-conformance.js'
import { claimOne, createOne, findOne, FULL_PASS, ownerOf } from '../testing/store/new-task.js'
import { memoryStore } from './memory-store.js'
import { DEAD_NOTICE_MS, NEVER_TAKEN, NOTICE_LIFE_MS } from './notice.js'

describeTaskStore('memory', async () => memoryStore())

describe('memoryStore', () => {
  it('warns that it forgets', () => {
    expect(memoryStore().capabilities).toMatchObject({
      durable: false,
      shared: false,
      warning: expect.stringContaining('forgets') as string,
    })
  })

  it('lives by the clock it is given', async () => {
    let now = Date.parse('2026-11-23T12:00:00Z')
    const store = memoryStore({ now: () => now })
    const input = await createOne(store)
    await claimOne(store, input, 30_000)
    now += 29_999
    expect((await store.maintain(FULL_PASS))?.expired).toBe(0)
    now += 1
    expect((await store.maintain(FULL_PASS))?.expired).toBe(1)
  })

  it('doubles the pause between rings up to ten minutes', async () => {
    let now = 0
    const store = memoryStore({ now: () => now })
    const input = await createOne(store)
    const pauses: number[] = []
    let last = 0
    while (pauses.length < 7) {
      now += 1_000
      const outcome = await store.maintain(FULL_PASS)
      if (outcome?.deliver.length === 0) continue
      pauses.push((now - last) / 1_000)
      last = now
    }
    expect(pauses).toEqual([30, 60, 120, 240, 480, 600, 600])
    expect((await findOne(store, input)).rings).toBe(7)
  })

  it('gives a notice up a day after the end, and forgets it a week later', async () => {
    let now = Date.parse('2026-11-23T12:00:00Z')
    const store = memoryStore({ now: () => now })
    const take = () => store.takeNotices({ outcomes: [], targets: ['mail'], limit: 9, leaseMs: 0 })
    const input = await createOne(store)
    await store.cancel(input.taskId, ownerOf(input), { notices: { cancelled: ['mail', 'a target of no server'] } })
    now += NOTICE_LIFE_MS - 1
    expect(await take()).toMatchObject([{ target: 'mail' }])
    now += 1
    expect(await take()).toEqual([])
    const { notices } = await store.stats()
    expect(notices).toMatchObject({ waiting: 0, dead: 2, latestDead: [{ reason: NEVER_TAKEN }, { attempts: 1 }] })
    now += DEAD_NOTICE_MS
    await take()
    expect((await store.stats()).notices).toBeUndefined()
  })
})
