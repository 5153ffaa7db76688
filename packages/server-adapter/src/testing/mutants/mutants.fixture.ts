// Run by mutants.test.ts in a process of its own: here most tests are meant to fail.
import { silentLogger } from '@brandkit/core'
import { memoryQueue, memoryStore } from '../../memory.js'
import { describeTaskEndpoint } from '../endpoint-conformance.js'
import { describeMount } from '../mount-conformance.js'
import { describeQueueBackend } from '../queue-conformance.js'
import { describeTaskStore } from '../store-conformance.js'
import { ENDPOINT_MUTANTS, openMutantEndpoint } from './endpoint-mutants.js'
import { MOUNT_MUTANTS, openMutantMount } from './mount-mutants.js'
import { mutantQueue, QUEUE_MUTANTS } from './queue-mutants.js'
import { mutantStore, STORE_MUTANTS } from './store-mutants.js'

const prepare = async () => ({ store: memoryStore(), logger: silentLogger })

describeTaskStore('sound', async () => memoryStore())
for (const mutant of STORE_MUTANTS) describeTaskStore(mutant.name, async () => mutantStore(mutant))

describeQueueBackend('sound', { create: () => memoryQueue(), prepare })
for (const mutant of QUEUE_MUTANTS) describeQueueBackend(mutant.name, { create: () => mutantQueue(mutant), prepare })

describeTaskEndpoint('sound', { open: () => openMutantEndpoint() })
for (const { name, breakIt } of ENDPOINT_MUTANTS)
  describeTaskEndpoint(name, { open: () => openMutantEndpoint(breakIt) })

describeMount('sound', (server) => openMutantMount(server))
for (const { name, breakIt } of MOUNT_MUTANTS) describeMount(name, (server) => openMutantMount(server, breakIt))
