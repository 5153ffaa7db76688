// mutants.test.ts runs this file in a process of its own, because some tests here must fail.
import { describeTaskEndpoint } from '../../src/testing/endpoint-conformance.js'
import { ENDPOINT_MUTANTS, openMutantEndpoint } from './endpoint-mutants.js'

for (const { name, breakIt } of ENDPOINT_MUTANTS)
  describeTaskEndpoint(name, { open: () => openMutantEndpoint(breakIt), capabilities: ['operations'] })
