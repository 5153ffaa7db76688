// mutants.test.ts runs this file in a process of its own, beside the mutants.
import { silentLogger } from '@brandkit/core'
import { memoryQueue, memoryStore } from '../../src/memory.js'
import { describeTaskEndpoint } from '../../src/testing/endpoint-conformance.js'
import { describeMount } from '../../src/testing/mount-conformance.js'
import { describeQueueBackend } from '../../src/testing/queue-conformance.js'
import { describeTaskStore } from '../../src/testing/store-conformance.js'
import { describeEncryptedStore } from '../encryption/describe-encrypted-store.js'
import { openMemoryVault } from '../encryption/open-memory-vault.js'
import { openMutantEndpoint } from './endpoint-mutants.js'
import { openMutantMount } from './mount-mutants.js'

describeTaskStore('sound', async () => memoryStore())
describeQueueBackend('sound', {
  create: () => memoryQueue(),
  prepare: async () => ({ store: memoryStore(), logger: silentLogger }),
})
describeTaskEndpoint('sound', { open: () => openMutantEndpoint(), capabilities: ['operations'] })
describeEncryptedStore('sound', { openVault: openMemoryVault })
describeMount('sound', (server) => openMutantMount(server))
