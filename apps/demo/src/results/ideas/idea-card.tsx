import type { TaskResult } from '@brandkit/core'
import type { ReactNode } from 'react'
import { Meter } from '../meter.tsx'
import { EFFORT_NAMES, FORMAT_NAMES } from './idea-names.ts'
import { ScoreRing } from './score-ring.tsx'

type Idea = TaskResult<'GENERATE_VIRAL_IDEAS' | 'GENERATE_IDEAS_FROM_PRODUCT'>['ideas'][number]
type Judgement = Pick<Idea, 'score' | 'novelty' | 'relevance' | 'shareability' | 'reason'>

/** An idea, judged or not yet. */
type ShownIdea = Pick<Idea, 'ideaKey' | 'title' | 'hook' | 'format' | 'outline' | 'effort'> & Partial<Judgement>

interface IdeaCardProps {
  idea: ShownIdea
  /** 1 for the best. */
  rank: number
  /** What this kind of idea has besides. */
  tags: readonly string[]
  children?: ReactNode
}

/** An idea with what its score is made of. */
export function IdeaCard({ idea, rank, tags, children }: IdeaCardProps) {
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
        {[FORMAT_NAMES[format], EFFORT_NAMES[effort], ...tags].map((tag) => (
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
    </li>
  )
}
