import type { TaskPayload } from '@brandkit/core'
import type { IdeaEffort, IdeaFormat, ProductIdeaKind } from '@brandkit/core/brand-tasks'
import { fillTemplate, lowerFirst, shorten, toKey, toStems } from '../words.ts'
import { readPeople } from '../words/read-people.ts'
import { coverageOf } from './coverage-of.ts'
import { FORMAT_SHAREABILITY } from './format-fit.ts'
import { type IdeaSource, stemsOf } from './idea-source.ts'
import { PRODUCT_MECHANICS, type ProductMechanic } from './product-mechanics.ts'
import { asPhrase, type Benefit, type Occasion } from './read-benefits.ts'

export interface ProductDraft {
  ideaKey: string
  title: string
  hook: string
  format: IdeaFormat
  outline: string
  effort: IdeaEffort
  feature: string
  kind: ProductIdeaKind
}

type Payload = TaskPayload<'GENERATE_IDEAS_FROM_PRODUCT'>

const LONGEST_PHRASE = 70

/** Every kind × way to do it × feature × an occasion of the feature, with what it is worth by itself. */
export function listProductCandidates(
  payload: Payload,
  { benefits, occasions }: { benefits: readonly Benefit[]; occasions: readonly Occasion[] },
): { draft: ProductDraft; source: IdeaSource; merit: number }[] {
  const [group] = readPeople(payload.audience, 'people').groups
  return payload.kinds.flatMap((kind) =>
    PRODUCT_MECHANICS[kind].flatMap((mechanic) =>
      benefits.flatMap((benefit, index) =>
        occasionsFor(benefit, occasions).map((occasion, telling) => {
          const draft = fillDraft(mechanic, {
            payload,
            kind,
            benefit,
            occasion,
            group,
            place: `${index + 1}-${telling + 1}`,
          })
          const source = sourceOf(draft, mechanic.key)
          // Features are named by importance; and the second occasion of a feature is its second best.
          const rank = 0.1 * (index / benefits.length) + 0.08 * telling
          return {
            draft,
            source,
            merit: (shareabilityOf(draft) + coverageOf(source.stems, wantedStems(draft, payload))) / 2 - rank,
          }
        }),
      ),
    ),
  )
}

interface FillOptions {
  payload: Payload
  kind: ProductIdeaKind
  benefit: Benefit
  occasion: Occasion | undefined
  group: string
  /** Tells drafts of the same mechanic apart. */
  place: string
}

function fillDraft(
  mechanic: ProductMechanic,
  { payload, kind, benefit, occasion, group, place }: FillOptions,
): ProductDraft {
  const words = {
    product: payload.productName,
    feature: shorten(asPhrase(benefit.feature), LONGEST_PHRASE),
    benefit: lowerFirst(benefit.benefit),
    proof: lowerFirst(benefit.proof),
    occasion: lowerFirst(occasion?.occasion ?? 'the next time it is needed'),
    need: occasion?.need ?? 'help',
    group,
  }
  return {
    ideaKey: toKey(`${kind} ${mechanic.key} ${place}`),
    title: shorten(fillTemplate(mechanic.title, words), 120),
    hook: fillTemplate(mechanic.hook, words),
    format: mechanic.format,
    outline: fillTemplate(mechanic.outline, words),
    effort: mechanic.effort,
    feature: benefit.feature,
    kind,
  }
}

/** Occasions of the feature first, then one that belongs to everybody; two at most. */
function occasionsFor({ feature }: Benefit, occasions: readonly Occasion[]): (Occasion | undefined)[] {
  const own = occasions.filter((occasion) => occasion.feature === feature)
  const others = occasions.filter((occasion) => occasion.feature !== feature)
  const chosen = [...own, ...others].slice(0, 2)
  return chosen.length > 0 ? chosen : [undefined]
}

export function sourceOf(draft: ProductDraft, mechanic: string): IdeaSource {
  const { format, effort, feature, kind } = draft
  return { mechanic, format, effort, facets: [feature, kind], stems: stemsOf(draft) }
}

/** 0.6 × how readily such an idea is passed on + 0.4 × how readily its format is. */
export function shareabilityOf({ kind, format, title }: ProductDraft): number {
  const mechanics = PRODUCT_MECHANICS[kind]
  const own = mechanics.find((mechanic) => mechanic.format === format) ?? mechanics[title.length % mechanics.length]
  return 0.6 * (own?.shareability ?? 0.5) + 0.4 * FORMAT_SHAREABILITY[format]
}

/** What a relevant idea speaks of: its feature, the product, the audience, most important first. */
export function wantedStems({ feature }: { feature: string }, { productName, audience }: Payload): string[] {
  return [...toStems(`${feature} ${productName} ${audience}`)].slice(0, 12)
}
