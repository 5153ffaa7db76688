import type { PartialResult } from '../../sections/section.ts'
import { ResultCard } from '../result-card.tsx'
import { IdeaCard } from './idea-card.tsx'
import { KIND_NAMES } from './idea-names.ts'

/** From feature to benefit to occasion to idea. */
export function ProductIdeasView({ result }: { result: PartialResult<'GENERATE_IDEAS_FROM_PRODUCT'> }) {
  const { benefits = [], occasions = [], ideas = [] } = result
  return (
    <>
      {benefits.length > 0 && (
        <ResultCard title="What the features are good for">
          <ul className="benefits">
            {benefits.map(({ feature, benefit, proof }) => (
              <li key={feature}>
                <span className="soft">{feature}</span>
                <strong>{benefit}</strong>
                <span className="soft">Proof: {proof}</span>
              </li>
            ))}
          </ul>
        </ResultCard>
      )}
      {occasions.length > 0 && (
        <ResultCard title="Occasions">
          <dl className="angles">
            {occasions.map(({ occasion, need, feature }) => (
              <div key={`${occasion} ${feature}`}>
                <dt>{occasion}</dt>
                <dd className="soft">
                  {need}: {feature}
                </dd>
              </div>
            ))}
          </dl>
        </ResultCard>
      )}
      {ideas.length > 0 && (
        <ol className="ideas" aria-label="Ideas">
          {ideas.map((idea, index) => (
            <IdeaCard key={idea.ideaKey} idea={idea} rank={index + 1} tags={[KIND_NAMES[idea.kind]]}>
              <p className="soft">From: {idea.feature}</p>
            </IdeaCard>
          ))}
        </ol>
      )}
    </>
  )
}
