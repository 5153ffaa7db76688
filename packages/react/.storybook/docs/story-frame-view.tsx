import type { ReactNode } from 'react'
import { toFrameAddress } from './story-address.js'

interface StoryFrameViewProps {
  storyId: string
  title: string
  globals?: Readonly<Record<string, string>>
  /** In pixels. Default: the width of the column. */
  width?: number | undefined
}

/**
 * One story in a frame of its own. Stories play there, have the corner of a window and the focus of a document, and
 * twenty of them on a page do not meet. The browser loads those that come near.
 */
export function StoryFrameView({ storyId, title, globals, width }: StoryFrameViewProps): ReactNode {
  return (
    // oxlint-disable-next-line react/iframe-missing-sandbox -- a story of our own, with the same rights as its page
    <iframe
      className="docs-frame"
      src={toFrameAddress(storyId, globals)}
      title={title}
      loading="lazy"
      style={width === undefined ? undefined : { inlineSize: width }}
    />
  )
}
