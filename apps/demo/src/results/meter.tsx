interface MeterProps {
  name: string
  /** In [0, 1]. */
  share: number
  /** What is said of it. Default: whole percent. */
  text?: string
}

/** A named bar, with its value in words beside it. */
export function Meter({ name, share, text = `${Math.round(share * 100)} %` }: MeterProps) {
  return (
    <div className="meter">
      <span>{name}</span>
      <span className="meter-track" aria-hidden="true">
        <span style={{ width: `${Math.max(0, Math.min(1, share)) * 100}%` }} />
      </span>
      <span className="meter-value">{text}</span>
    </div>
  )
}
