interface MoreButtonProps {
  isLoading: boolean
  onClick: () => void
}

/** Brings the next page of a list. */
export function MoreButton({ isLoading, onClick }: MoreButtonProps) {
  return (
    <button type="button" className="secondary more" disabled={isLoading} onClick={onClick}>
      {isLoading ? 'Looking…' : 'Show earlier ones'}
    </button>
  )
}
