import { lazy } from 'react'
import { toCssTokens } from '../results/brand-kit/to-css-tokens.ts'
import { defineSection } from './section.ts'
import { LANGUAGE } from './shared-fields.ts'

const BrandKitView = lazy(async () => ({
  default: (await import('../results/brand-kit/brand-kit-view.tsx')).BrandKitView,
}))

export const brandKit = defineSection<'GENERATE_BRAND_KIT'>({
  type: 'GENERATE_BRAND_KIT',
  path: 'brand-kit',
  group: 'Strategy',
  icon: 'palette',
  name: 'Brand Kit',
  plural: 'Brand kits',
  action: 'Generate Brand Kit',
  formTitle: 'New brand kit',
  lead: 'A palette whose contrasts are checked, a type scale, a mark and a voice, all grown from what the brand stands for.',
  invitation: 'Shape a brand',
  fields: {
    brandName: { label: 'Brand name', placeholder: 'Aurora', missing: 'Give the brand a name.' },
    industry: { label: 'Industry', placeholder: 'Specialty coffee', missing: 'Say what business it is in.' },
    description: {
      label: 'Description',
      hint: 'What the brand does, and for whom.',
      missing: 'Describe what the brand does.',
    },
    values: {
      label: 'Values',
      hint: 'What it stands for, one a line, up to six.',
      missing: 'Name at least one value.',
    },
    traits: {
      label: 'Character',
      hint: 'Up to three.',
      missing: 'Pick at least one trait.',
      choices: {
        bold: 'Bold',
        calm: 'Calm',
        elegant: 'Elegant',
        friendly: 'Friendly',
        playful: 'Playful',
        precise: 'Precise',
        rugged: 'Rugged',
        warm: 'Warm',
      },
    },
    primaryColor: {
      label: 'Main colour (optional)',
      hint: 'If it is settled. Otherwise the character decides.',
      width: 'half',
    },
    language: LANGUAGE,
    logoStyle: {
      label: 'Mark',
      choices: {
        monogram: { name: 'Monogram', hint: 'Initials' },
        wordmark: { name: 'Wordmark', hint: 'The name' },
        symbol: { name: 'Symbol', hint: 'A shape' },
      },
    },
  },
  start: () => ({}),
  example: ({ name, industry, description, values, traits, primaryColor }) => ({
    brandName: name,
    industry,
    description,
    values,
    traits,
    primaryColor,
    logoStyle: 'symbol',
  }),
  renderResult: (result) => <BrandKitView result={result} />,
  exports: (result) => [
    {
      label: 'CSS tokens',
      fileName: `${fileNameOf(result.brandName)}-tokens.css`,
      mediaType: 'text/css',
      content: toCssTokens(result),
    },
    {
      label: 'SVG mark',
      fileName: `${fileNameOf(result.brandName)}-mark.svg`,
      mediaType: 'image/svg+xml',
      content: result.logo.svg,
    },
  ],
})

function fileNameOf(brandName: string): string {
  return brandName.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '-')
}
