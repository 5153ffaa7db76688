// Run by mutants.test.ts in a process of its own: here some tests are meant to fail.
import { describeTaskEndpoint } from '../../src/testing/endpoint-conformance.js'
import { ENDPOINT_MUTANTS, openMutantEndpoint } from './endpoint-mutants.js'

for (const { name, breakIt } of ENDPOINT_MUTANTS)
  describeTaskEndpoint(name, { open: () => openMutantEndpoint(breakIt) })
