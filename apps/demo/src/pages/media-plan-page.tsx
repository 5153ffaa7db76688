import { SectionPage, type SectionPageProps } from './section-page.tsx'
import { type Generation, useGeneration } from './use-generation.ts'

/** The Media Plan section: ask for a plan, continue with other work, find the plan in the list. */
export function MediaPlanPage(props: Omit<SectionPageProps, 'generation'>) {
  const { handleGenerateMediaPlanGroup, ...rest } = useMediaPlanManagement()
  return <SectionPage {...props} generation={{ generate: handleGenerateMediaPlanGroup, ...rest }} />
}

/** Asks for media plans to be made in the background: `[BackgroundTask] handleGenerateMediaPlanGroup called`. */
function useMediaPlanManagement(): Omit<Generation, 'generate'> & {
  handleGenerateMediaPlanGroup: Generation['generate']
} {
  const { generate, ...rest } = useGeneration('GENERATE_MEDIA_PLAN', 'handleGenerateMediaPlanGroup')
  return { handleGenerateMediaPlanGroup: generate, ...rest }
}
