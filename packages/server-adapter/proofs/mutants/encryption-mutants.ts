import { encryptedStore } from '../../src/store/encrypted-store.js'

/** A codec around a store without one of its promises, which the sentences on encryption must detect. */
interface EncryptionMutant {
  name: string
  /** The name of the test that must fail. */
  breaks: string
  wrap: typeof encryptedStore
}

export const ENCRYPTION_MUTANTS: readonly EncryptionMutant[] = [
  {
    name: 'forgets to encrypt checkpoints',
    breaks: 'stores no plain text of the output of a step, and gives it back',
    wrap: (store, codec) => ({
      ...encryptedStore(store, codec),
      checkpoint: (lease, checkpoint) => store.checkpoint(lease, checkpoint),
    }),
  },
  {
    name: 'writes as soon as a value is encrypted',
    breaks: 'hands the writes of an attempt over in the order of their calls, however long each takes to be encrypted',
    wrap: (store, codec) => ({
      ...encryptedStore(store, codec),
      settle: (lease, end) => encryptedStore(store, codec).settle(lease, end),
    }),
  },
  {
    name: 'tells the codec no tenant',
    breaks: 'decrypts nothing in a task of another tenant',
    wrap: (store, { encrypt, decrypt }) =>
      encryptedStore(store, {
        encrypt: (text) => encrypt(text, { tenantId: '' }),
        decrypt: (encrypted) => decrypt(encrypted, { tenantId: '' }),
      }),
  },
  {
    name: 'lets one value that cannot be decrypted take down the answer',
    breaks: 'says of the one task that its content cannot be decrypted, and serves all others: a result',
    wrap: (store, codec) => {
      const encrypted = encryptedStore(store, codec)
      return {
        ...encrypted,
        async find(...input) {
          const tasks = await encrypted.find(...input)
          for (const { unreadable } of tasks) if (unreadable) throw unreadable
          return tasks
        },
      }
    },
  },
  {
    name: 'has its worker repeat the steps whose outputs cannot be decrypted',
    breaks: 'gives a worker a task with lost outputs as one that it must not run',
    wrap: (store, codec) => {
      const encrypted = encryptedStore(store, codec)
      return {
        ...encrypted,
        async claim(input) {
          const claim = await encrypted.claim(input)
          if (claim.outcome !== 'claimed') return claim
          const { unreadable: _unreadable, ...task } = claim.task
          return { ...claim, task }
        },
      }
    },
  },
]
