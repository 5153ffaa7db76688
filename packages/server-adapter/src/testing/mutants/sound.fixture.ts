// Run by mutants.test.ts in a process of its own, beside the mutants.
import { silentLogger } from '@brandkit/core'
import { memoryQueue, memoryStore } from '../../memory.js'
import { describeTaskEndpoint } from '../endpoint-conformance.js'
import { describeMount } from '../mount-conformance.js'
import { describeQueueBackend } from '../queue-conformance.js'
import { describeTaskStore } from '../store-conformance.js'
import { openMutantEndpoint } from './endpoint-mutants.js'
import { openMutantMount } from './mount-mutants.js'

describeTaskStore('sound', async () => memoryStore())
describeQueueBackend('sound', {
  create: () => memoryQueue(),
  prepare: async () => ({ store: memoryStore(), logger: silentLogger }),
})
describeTaskEndpoint('sound', { open: () => openMutantEndpoint() })
describeMount('sound', (server) => openMutantMount(server))
