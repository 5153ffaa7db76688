import { type ReactNode, useId } from 'react'

interface ResultCardProps {
  title: string
  hint?: string
  className?: string
  children: ReactNode
}

/** A part of a result under a heading of its own. */
export function ResultCard({ title, hint, className = '', children }: ResultCardProps) {
  const id = useId()
  return (
    <section className={`card ${className}`} aria-labelledby={id}>
      <div className="card-head">
        <h2 id={id}>{title}</h2>
        {hint && <p className="soft">{hint}</p>}
      </div>
      {children}
    </section>
  )
}
