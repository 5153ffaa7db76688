// `node --import without-peers.ts`: from the first import on, no optional peer is installed.
import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { join } from 'node:path'

const manifest = readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')
const { peerDependenciesMeta } = JSON.parse(manifest) as { peerDependenciesMeta: object }
const peers = Object.keys(peerDependenciesMeta)

registerHooks({
  resolve(specifier, context, nextResolve) {
    const peer = peers.find((name) => specifier === name || specifier.startsWith(`${name}/`))
    if (peer === undefined) return nextResolve(specifier, context)
    throw Object.assign(new Error(`Cannot find package '${peer}'`), { code: 'ERR_MODULE_NOT_FOUND' })
  },
})
