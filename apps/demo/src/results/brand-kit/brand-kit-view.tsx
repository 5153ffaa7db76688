import type { TaskResult } from '@brandkit/core'
import type { PartialResult } from '../../sections/section.ts'
import { BrandHero } from './brand-hero.tsx'
import { BrandVoice } from './brand-voice.tsx'
import { ContrastPairs } from './contrast-pairs.tsx'
import { PaletteCard } from './palette-card.tsx'
import { TypeSpecimen } from './type-specimen.tsx'

export type BrandKit = TaskResult<'GENERATE_BRAND_KIT'>

/** A brand kit, part by part as they come. */
export function BrandKitView({ result }: { result: PartialResult<'GENERATE_BRAND_KIT'> }) {
  const { essence, palette, typography, logo, voice } = result
  return (
    <>
      {essence && <BrandHero essence={essence} logo={logo} palette={palette} family={typography?.headingFamily} />}
      {palette && <PaletteCard colors={palette.colors} />}
      {palette && <ContrastPairs palette={palette} />}
      {typography && <TypeSpecimen typography={typography} sample={essence?.promise} />}
      {voice && <BrandVoice voice={voice} />}
    </>
  )
}
