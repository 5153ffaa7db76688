import type { FunnelStage } from '@brandkit/core'

export const STAGE_NAMES: Readonly<Record<FunnelStage, string>> = {
  awareness: 'Awareness',
  consideration: 'Consideration',
  conversion: 'Conversion',
  loyalty: 'Loyalty',
  advocacy: 'Advocacy',
}
