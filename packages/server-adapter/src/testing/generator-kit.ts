export { runGenerator, type RunGeneratorOptions } from './generator-kit/run-generator.js'
export type { GeneratorRun, PlayedAttempt } from './generator-kit/generator-run.js'
export type { PlayedAbort, StepAbort, StepFailure } from './generator-kit/interruptions.js'
export { createManualClock, type ManualClock } from './fake-server/fake-clock.js'
