import { silentLogger } from '@brandkit/core'
import { describe, expect, it } from 'vitest'
import type { Principal } from '../principal.js'
import { parsePrincipal } from '../principal.schema.js'
import { type Authorize, createAuthorization } from '../runtime/authorization.js'
import { ada } from '../../proofs/fixtures/sample-tasks.js'
import { type ActionContext, defineAction } from './define-action.js'
import { performAction } from './perform-action.js'

const DOCUMENT = { id: 'last', summary: '', description: '', replies: {}, errors: [] }

/** Performs a long action, as a stream is, and returns the context that the action got. */
async function begin(world: { signedIn: Principal | null; authorize: Authorize }): Promise<ActionContext<object>> {
  let given: ActionContext<object> | undefined
  const lasting = defineAction('events', DOCUMENT, async (context) => {
    given = context
    return { body: null }
  })
  await performAction(
    lasting,
    {
      input: {},
      principal: parsePrincipal(ada, 'the test'),
      currentPrincipal: async () => world.signedIn && parsePrincipal(world.signedIn, 'the test'),
      headers: new Headers(),
      signal: () => new AbortController().signal,
      replyHeaders: {},
      traceId: 'a'.repeat(32),
      logger: silentLogger,
    },
    { services: async () => ({}) as never, authorization: createAuthorization((request) => world.authorize(request)) },
  )
  if (!given) throw new Error('The action was not run.')
  return given
}

describe('an action that lasts', () => {
  it('may ask again what its caller reaches by now', async () => {
    const world: Parameters<typeof begin>[0] = { signedIn: ada, authorize: () => 'own' }
    const { scope, currentScope } = await begin(world)
    expect(await currentScope()).toEqual(scope)
    world.authorize = () => 'tenant'
    expect(await currentScope()).toEqual({ reach: 'tenant', tenantId: 'acme' })
  })

  it('is told that nothing is within reach any more, be it that nobody is signed in or that it was forbidden', async () => {
    const world: Parameters<typeof begin>[0] = { signedIn: ada, authorize: () => 'own' }
    const { currentScope } = await begin(world)
    world.authorize = () => false
    expect(await currentScope()).toBeNull()
    Object.assign(world, { signedIn: null, authorize: () => 'own' })
    expect(await currentScope()).toBeNull()
  })

  it('hears of a rule that fails, which forbids nothing', async () => {
    const world: Parameters<typeof begin>[0] = { signedIn: ada, authorize: () => 'own' }
    const { currentScope } = await begin(world)
    world.authorize = () => Promise.reject(new Error('LDAP is down'))
    await expect(currentScope()).rejects.toThrow('LDAP is down')
  })
})
