import { describe, expect, it } from 'vitest'
import { importPeer } from './import-peer.js'

const failing = (code: string) => () => Promise.reject(Object.assign(new Error('No.'), { code }))

describe('importPeer', () => {
  it('says how to install a package that is not there', async () => {
    const load = failing('ERR_MODULE_NOT_FOUND')
    await expect(importPeer('crossws', { neededBy: 'toNodeUpgrade()', load })).rejects.toThrow(
      'toNodeUpgrade() needs the package crossws, which is not installed: npm install crossws',
    )
  })

  it('does not blame the installation for a package that is broken', async () => {
    const load = failing('ERR_INVALID_PACKAGE_CONFIG')
    await expect(importPeer('crossws', { neededBy: 'toNodeUpgrade()', load })).rejects.toThrow(/^No\.$/)
  })
})
