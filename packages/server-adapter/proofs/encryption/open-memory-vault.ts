import { createMemory } from '../../src/store/memory-store.js'
import type { Vault } from './describe-encrypted-store.js'

/** A store in memory, and what it holds. */
export async function openMemoryVault(): Promise<Vault> {
  const { store, rows } = createMemory({ now: Date.now })
  return { bare: store, dump: async () => JSON.stringify([...rows.values()], withMaps) }
}

function withMaps(_key: string, value: unknown): unknown {
  return value instanceof Map ? [...value] : value
}
