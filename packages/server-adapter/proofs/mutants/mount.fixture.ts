// Run by mutants.test.ts in a process of its own: here some tests are meant to fail.
import { describeMount } from '../../src/testing/mount-conformance.js'
import { MOUNT_MUTANTS, openMutantMount } from './mount-mutants.js'

for (const { name, breakIt } of MOUNT_MUTANTS) describeMount(name, (server) => openMutantMount(server, breakIt))
