import { addressOf } from '@brandkit/tooling/package-metadata'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export const root = join(import.meta.dirname, '../../..')

/** The address of the code, as the root's package.json says it. */
export const repositoryUrl = addressOf(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')))
