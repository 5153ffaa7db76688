import { silentLogger, type TaskLogger } from '@brandkit/core'
import { describe, expect, it, vi } from 'vitest'
import { FREQUENT } from '../sql-database.js'
import { createStatementNames } from './statement-names.js'

const SELECT = `${FREQUENT}select $1`

describe('createStatementNames', () => {
  it('gives each frequent text a name, and keeps it', () => {
    const { nameOf } = createStatementNames()
    expect([SELECT, `${FREQUENT}select $2`, SELECT].map(nameOf)).toEqual(['brandkit_1', 'brandkit_2', 'brandkit_1'])
  })

  it('gives other texts no name', () => {
    expect(createStatementNames().nameOf('select $1')).toBeUndefined()
  })

  it('gives at most a hundred names, however many texts there are', () => {
    const { nameOf } = createStatementNames()
    const given = Array.from({ length: 150 }, (_, index) => nameOf(`${FREQUENT}select ${index}`))
    expect(new Set(given.filter((name) => name !== undefined)).size).toBe(100)
  })

  it.each(['26000', '42P05'])('gives no names any more after %s, and says so once', (code) => {
    const warn = vi.fn<TaskLogger['warn']>()
    const { nameOf, refused } = createStatementNames({ logger: { ...silentLogger, warn } })
    nameOf(SELECT)
    for (let time = 0; time < 2; time += 1) refused(Object.assign(new Error('refused'), { code }))
    expect(nameOf(SELECT)).toBeUndefined()
    expect(warn).toHaveBeenCalledOnce()
  })

  it('gives new names after a migration has changed a table', () => {
    const { nameOf, refused } = createStatementNames()
    nameOf(SELECT)
    refused(Object.assign(new Error('übersetzt'), { code: '0A000', routine: 'RevalidateCachedQuery' }))
    expect(nameOf(SELECT)).toBe('brandkit_2')
  })

  it('keeps the names after an error that has nothing to do with them', () => {
    const { nameOf, refused } = createStatementNames()
    nameOf(SELECT)
    refused(Object.assign(new Error('duplicate key'), { code: '23505' }))
    expect(nameOf(SELECT)).toBe('brandkit_1')
  })
})
