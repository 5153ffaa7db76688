import { useGeneration } from '../generation/use-generation.ts'
import { SectionPage, type SectionPageProps } from './section-page.tsx'

/** A section of any type. */
export function GeneratedSectionPage(props: Omit<SectionPageProps, 'generation'>) {
  return <SectionPage {...props} generation={useGeneration(props.section.type)} />
}
