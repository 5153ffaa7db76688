import { TaskError } from '@brandkit/core'
import { describe, expect, it } from 'vitest'
import { StartError, toStartError } from './start-error.ts'

const URL = 'postgres://app:secret@db.example:5432/studio'
const wrapped = (code: string) =>
  new TaskError('internal_error', 'The database refused a statement.', {
    cause: Object.assign(new Error('no'), { code }),
  })

describe('toStartError', () => {
  it.each([
    {
      code: '28P01',
      says: 'The database at db.example:5432 refuses the user "app"; check user and password in DATABASE_URL.',
    },
    { code: '3D000', says: 'There is no database "studio" at db.example:5432; create it or correct DATABASE_URL.' },
    {
      code: 'ECONNREFUSED',
      says: 'The database at db.example:5432 cannot be reached (ECONNREFUSED); start it, or correct or unset DATABASE_URL.',
    },
    {
      code: '42501',
      says: 'The database at db.example:5432 cannot be used (42501); check DATABASE_URL and the rights of its user.',
    },
  ])('explains $code without the password', ({ code, says }) => {
    expect(toStartError(wrapped(code), URL).message).toBe(says)
  })

  it('passes on what is written for people already', () => {
    expect(toStartError(new StartError('Port 1 is in use.'), undefined).message).toBe('Port 1 is in use.')
    expect(toStartError(new TaskError('store_unavailable', 'The folder is open elsewhere.'), undefined).message).toBe(
      'The folder is open elsewhere.',
    )
  })

  it('shows one line of anything else', () => {
    expect(toStartError(new Error('Boom\n  at x'), URL).message).toBe('The demo cannot start: Boom')
  })
})
