import { SignJWT, UnsecuredJWT } from 'jose'
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createSessions, findPerson } from './session.ts'

const sessions = createSessions('test secret')
const ada = findPerson('ada')
if (!ada) throw new Error('Ada has left.')
const bearer = (token: string) => new Headers({ authorization: `Bearer ${token}` })

const principal = async (id: string, { query = '', desk = '' } = {}) => {
  const person = findPerson(id)
  if (!person) throw new Error(`${id} has left.`)
  const headers = bearer(await sessions.issue(person))
  if (desk) headers.set('x-studio-desk', desk)
  return sessions.authenticate(new Request(`http://localhost/${query}`, { headers }))
}

describe('sessions', () => {
  it('know the person by bearer token and by cookie', async () => {
    const token = await sessions.issue(ada)
    expect(await sessions.read(bearer(token))).toEqual(ada)
    const [cookie] = sessions.cookie(token).split(';')
    expect(await sessions.read(new Headers({ cookie: `theme=dark; ${cookie}` }))).toEqual(ada)
  })

  it('know nobody by a token that is missing, forged, unsigned, expired or altered', async () => {
    const token = await sessions.issue(ada)
    const forged = await createSessions('another secret').issue(ada)
    const unsigned = new UnsecuredJWT().setIssuer('brandkit-demo').setSubject('ada').setExpirationTime('1h').encode()
    const ancient = await new SignJWT()
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer('brandkit-demo')
      .setSubject('ada')
      .setExpirationTime(1)
      .sign(createHash('sha256').update('test secret').digest())
    for (const bad of [forged, unsigned, ancient, `${token}x`, '', '..', 'null']) {
      expect(await sessions.read(bearer(bad))).toBeNull()
    }
    expect(await sessions.read(new Headers())).toBeNull()
  })

  it('give Ada and Grace one brand, and Linus a company of his own', async () => {
    expect(await principal('ada')).toMatchObject({ userId: 'ada', tenantId: 'aurora', brandIds: ['aurora'] })
    expect(await principal('grace')).toMatchObject({ tier: 'premium', brandIds: ['aurora'] })
    expect(await principal('linus')).toMatchObject({ tenantId: 'borealis', brandIds: ['borealis'] })
  })

  it('make Grace an operator at the desk and for figures, not on her own pages', async () => {
    expect(await principal('grace')).not.toHaveProperty('role')
    expect(await principal('grace', { desk: 'operations' })).toMatchObject({ role: 'operator' })
    expect(await principal('grace', { query: '?action=stats' })).toMatchObject({ role: 'operator' })
    expect(await principal('ada', { desk: 'operations' })).not.toHaveProperty('role')
  })

  it('keep the cookie away from scripts and other sites', () => {
    expect(sessions.cookie('token')).toMatch(/HttpOnly; SameSite=Lax/)
    expect(sessions.noCookie).toMatch(/Max-Age=0/)
  })
})
