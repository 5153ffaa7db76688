// mutants.test.ts runs this file in a process of its own, because some tests here must fail.
import { describeMount } from '../../src/testing/mount-conformance.js'
import { MOUNT_MUTANTS, openMutantMount } from './mount-mutants.js'

for (const { name, breakIt } of MOUNT_MUTANTS) describeMount(name, (server) => openMutantMount(server, breakIt))
