import { type Generation, useGeneration } from '../generation/use-generation.ts'

/** Asks for media plans to be made in the background: `[BackgroundTask] handleGenerateMediaPlanGroup called`. */
export function useMediaPlanManagement(): Omit<Generation, 'generate'> & {
  handleGenerateMediaPlanGroup: Generation['generate']
} {
  const { generate, ...rest } = useGeneration('GENERATE_MEDIA_PLAN', 'handleGenerateMediaPlanGroup')
  return { handleGenerateMediaPlanGroup: generate, ...rest }
}
