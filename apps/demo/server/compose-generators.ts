import { createFeeds } from './feeds/create-feeds.ts'
import { createGenerators } from './generators/create-generators.ts'
import { createLanguageModel } from './model/create-language-model.ts'
import type { Environment } from './read-environment.ts'

export type GeneratorSettings = Partial<
  Pick<Environment, 'paceMs' | 'simulateFaults' | 'stepLedger' | 'languageModel' | 'trendFeeds' | 'trendFeedsNetwork'>
>

/** The ten generators as the environment wants them. The web process and every worker have the same. */
export function composeGenerators({ simulateFaults = true, languageModel, ...settings }: GeneratorSettings) {
  const { paceMs, stepLedger, trendFeeds, trendFeedsNetwork } = settings
  return createGenerators({
    paceMs,
    stepLedger,
    simulatedFaults: simulateFaults ? 'heeded' : 'ignored',
    model: languageModel && createLanguageModel(languageModel),
    feeds: createFeeds({ list: trendFeeds, network: trendFeedsNetwork }),
  })
}
