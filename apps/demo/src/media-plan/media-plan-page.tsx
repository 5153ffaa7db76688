import { SectionPage, type SectionPageProps } from '../section-page/section-page.tsx'
import { useMediaPlanManagement } from './use-media-plan-management.ts'

/** The Media Plan section: ask for a plan, go on working, find it in the list. */
export function MediaPlanPage(props: Omit<SectionPageProps, 'generation'>) {
  const { handleGenerateMediaPlanGroup, ...rest } = useMediaPlanManagement()
  return <SectionPage {...props} generation={{ generate: handleGenerateMediaPlanGroup, ...rest }} />
}
