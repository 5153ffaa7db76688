import { useGeneration } from '../generation/use-generation.ts'
import { SectionPage, type SectionPageProps } from './section-page.tsx'

/** A section of any type. */
export function GeneratedSectionPage(props: Omit<SectionPageProps, 'generation'>) {
  const { type, action } = props.section
  // "Generate Brand Kit" is logged as handleGenerateBrandKit.
  return <SectionPage {...props} generation={useGeneration(type, `handle${action.replaceAll(' ', '')}`)} />
}
