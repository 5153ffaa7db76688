// `node --import without-peers.ts`: simulates an app that has installed only this package.
import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { join } from 'node:path'

const manifest = readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')
const { peerDependenciesMeta, devDependencies } = JSON.parse(manifest) as Record<string, object>
const missing = Object.keys({ ...peerDependenciesMeta, ...devDependencies })

registerHooks({
  resolve(specifier, context, nextResolve) {
    const name = missing.find((one) => specifier === one || specifier.startsWith(`${one}/`))
    if (name === undefined) return nextResolve(specifier, context)
    throw Object.assign(new Error(`Cannot find package '${name}'`), { code: 'ERR_MODULE_NOT_FOUND' })
  },
})
