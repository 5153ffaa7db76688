import type { TaskResult } from '@brandkit/core'
import type { ReactNode } from 'react'
import { CHANNEL_NAMES, EFFORT_NAMES, toLabel } from '../parts/words.ts'
import { CopyText, Definitions, Meter, type PartialResult, ResultCard } from '../parts/result-parts.tsx'

/** Feelings, then the ideas that use them. Ideas appear one by one, and best first after they are scored. */
export function ViralIdeasView({ result }: { result: PartialResult<'GENERATE_VIRAL_IDEAS'> }) {
  const { angles = [], ideas = [] } = result
  return (
    <>
      {angles.length > 0 && (
        <ResultCard title="Feelings">
          <Definitions
            look="angles"
            entries={angles.map(({ emotion, angle }) => ({ name: toLabel(emotion), text: angle }))}
          />
        </ResultCard>
      )}
      {ideas.length > 0 && (
        <ol className="ideas" aria-label="Ideas">
          {ideas.map((idea, index) => (
            <IdeaCard
              key={idea.ideaKey}
              idea={idea}
              rank={index + 1}
              tags={[CHANNEL_NAMES[idea.channel], toLabel(idea.emotion)]}
            />
          ))}
        </ol>
      )}
    </>
  )
}

/** The chain from feature to benefit to occasion to idea. */
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
          <Definitions
            look="angles"
            entries={occasions.map(({ occasion, need, feature }) => ({ name: occasion, text: `${need} · ${feature}` }))}
          />
        </ResultCard>
      )}
      {ideas.length > 0 && (
        <ol className="ideas" aria-label="Ideas">
          {ideas.map((idea, index) => (
            <IdeaCard key={idea.ideaKey} idea={idea} rank={index + 1} tags={[toLabel(idea.kind)]}>
              <p className="soft">From: {idea.feature}</p>
            </IdeaCard>
          ))}
        </ol>
      )}
    </>
  )
}

type Idea = TaskResult<'GENERATE_VIRAL_IDEAS' | 'GENERATE_IDEAS_FROM_PRODUCT'>['ideas'][number]
type Judgement = Pick<Idea, 'score' | 'novelty' | 'relevance' | 'shareability' | 'reason'>

/** An idea, with or without a score. */
type ShownIdea = Pick<Idea, 'ideaKey' | 'title' | 'hook' | 'format' | 'outline' | 'effort'> & Partial<Judgement>

interface IdeaCardProps {
  idea: ShownIdea
  /** The rank; 1 is the best. */
  rank: number
  /** Further tags of this kind of idea. */
  tags: readonly string[]
  children?: ReactNode
}

/** An idea with the parts of its score. */
function IdeaCard({ idea, rank, tags, children }: IdeaCardProps) {
  const { title, hook, format, outline, effort, score, novelty, relevance, shareability, reason } = idea
  return (
    <li className="card idea">
      <header>
        {score !== undefined && <ScoreRing score={score} />}
        <div>
          <p className="soft">{score === undefined ? 'Not judged yet' : `No. ${rank}`}</p>
          <h2>{title}</h2>
        </div>
      </header>
      <blockquote>{hook}</blockquote>
      <p>{outline}</p>
      {children}
      <p className="idea-tags">
        {[toLabel(format), EFFORT_NAMES[effort], ...tags].map((tag) => (
          <span key={tag} className="tag">
            {tag}
          </span>
        ))}
      </p>
      {novelty !== undefined && relevance !== undefined && shareability !== undefined && (
        <div className="idea-parts">
          <Meter name="New" share={novelty} />
          <Meter name="Fits" share={relevance} />
          <Meter name="Is shared" share={shareability} />
        </div>
      )}
      {reason && <p className="soft">{reason}</p>}
      <p>
        <CopyText text={[title, hook, outline].join('\n\n')} what={title} />
      </p>
    </li>
  )
}

const RADIUS = 24
const LENGTH = 2 * Math.PI * RADIUS

/** A score of 0 to 100 as a ring around its number. */
function ScoreRing({ score }: { score: number }) {
  return (
    <svg
      className="score"
      viewBox="0 0 60 60"
      width="60"
      height="60"
      role="img"
      aria-label={`Score ${Math.round(score)} of 100`}
    >
      <circle className="score-track" cx="30" cy="30" r={RADIUS} />
      <circle
        className="score-value"
        cx="30"
        cy="30"
        r={RADIUS}
        strokeDasharray={`${(LENGTH * score) / 100} ${LENGTH}`}
        transform="rotate(-90 30 30)"
      />
      <text x="30" y="36" textAnchor="middle">
        {Math.round(score)}
      </text>
    </svg>
  )
}
