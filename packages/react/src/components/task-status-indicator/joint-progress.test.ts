import type { TaskJson } from '@brandkit/core'
import { describe, expect, it } from 'vitest'
import { createJointProgress, meanProgress as meanAt } from './joint-progress.js'

const task = (taskId: string, status: string, progress = 0, createdAt = '2027-01-01') =>
  ({ taskId, status, progress, createdAt, runAt: createdAt }) as TaskJson
const meanProgress = (tasks: TaskJson[]) => meanAt(tasks, Date.UTC(2027, 0, 3))

describe('meanProgress', () => {
  it('is the mean of what runs', () => {
    expect(meanProgress([task('a', 'processing', 20), task('b', 'processing', 60)])).toBe(40)
  })

  it('moves forward when one of several ends', () => {
    expect(meanProgress([task('a', 'processing', 20), task('b', 'completed', 100)])).toBe(60)
  })

  it('leaves out what ended before the rest began', () => {
    expect(meanProgress([task('a', 'processing', 30, '2027-01-02'), task('b', 'completed', 100)])).toBe(30)
  })

  it('counts what waits, because it was asked for as well, and nothing that starts later', () => {
    const later = { ...task('c', 'queued'), runAt: '2027-02-01' }
    expect(meanProgress([task('a', 'processing', 60), task('b', 'queued'), later])).toBe(30)
    expect(meanProgress([later])).toBeNull()
  })

  it('does not take a failure or a cancel for work that is done', () => {
    expect(meanProgress([task('a', 'processing', 20), task('b', 'cancelled', 80), task('c', 'failed', 90)])).toBe(20)
  })

  it('is nothing when nothing runs', () => {
    expect(meanProgress([task('a', 'failed', 50)])).toBeNull()
  })
})

describe('createJointProgress', () => {
  it('is the mean for as long as no task joins', () => {
    const joint = createJointProgress()
    expect([0, 12.5, 40, 99.9].map((mean) => joint.advance(mean))).toEqual([0, 12, 40, 99])
  })

  it('never falls when a task joins, and arrives at the end all the same', () => {
    const joint = createJointProgress()
    expect([60, 30, 30, 65, 100].map((mean) => joint.advance(mean))).toEqual([60, 60, 60, 80, 99])
  })

  it('never falls, whatever joins and ends', () => {
    const joint = createJointProgress()
    const means = Array.from({ length: 500 }, (_, index) => (index * 37) % 101)
    const shown = means.map((mean) => joint.advance(mean) ?? -1)
    expect(shown).toEqual(shown.toSorted((a, b) => a - b))
    expect(Math.max(...shown)).toBe(99)
  })

  it('says the same when it is asked twice', () => {
    const joint = createJointProgress()
    expect([20, 10, 10, 10].map((mean) => joint.advance(mean))).toEqual([20, 20, 20, 20])
  })

  it('begins anew when everything is over', () => {
    const joint = createJointProgress()
    expect([80, null, 10].map((mean) => joint.advance(mean))).toEqual([80, null, 10])
  })
})
