// mutants.test.ts runs this file in a process of its own, because some tests here must fail.
import { silentLogger } from '@brandkit/core'
import { memoryStore } from '../../src/memory.js'
import { describeQueueBackend } from '../../src/testing/queue-conformance.js'
import { mutantQueue, QUEUE_MUTANTS } from './queue-mutants.js'

const prepare = async () => ({ store: memoryStore(), logger: silentLogger })
for (const mutant of QUEUE_MUTANTS) describeQueueBackend(mutant.name, { create: () => mutantQueue(mutant), prepare })
