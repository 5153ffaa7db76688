import { lazy } from 'react'
import { KIND_NAMES } from '../results/ideas/idea-names.ts'
import { defineSection } from './section.ts'
import { AUDIENCE, LANGUAGE } from './shared-fields.ts'

const ProductIdeasView = lazy(async () => ({
  default: (await import('../results/ideas/product-ideas-view.tsx')).ProductIdeasView,
}))

export const ideasFromProduct = defineSection<'GENERATE_IDEAS_FROM_PRODUCT'>({
  type: 'GENERATE_IDEAS_FROM_PRODUCT',
  path: 'ideas-from-product',
  group: 'Content',
  icon: 'box',
  name: 'Ideas from Product',
  plural: 'Ideas from product',
  action: 'Generate Ideas from Product',
  formTitle: 'New ideas from a product',
  lead: 'What a product can do becomes what it is good for, when somebody wants it, and what to make of that.',
  invitation: 'Start from a product',
  fields: {
    productName: { label: 'Product name', missing: 'Name the product.' },
    description: { label: 'Description', missing: 'Describe the product.' },
    features: { label: 'Features', hint: 'One a line, up to twelve.', missing: 'Name at least one feature.' },
    audience: { ...AUDIENCE, missing: 'Describe who should want it.' },
    kinds: { label: 'What they may become', missing: 'Pick at least one kind.', choices: KIND_NAMES },
    count: { label: 'How many', width: 'half' },
    language: LANGUAGE,
  },
  start: () => ({}),
  example: ({ product, audience }) => ({
    productName: product.name,
    description: product.description,
    features: product.features,
    audience,
    count: 8,
  }),
  renderResult: (result) => <ProductIdeasView result={result} />,
})
