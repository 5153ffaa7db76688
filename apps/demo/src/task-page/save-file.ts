import type { ExportFile } from '../sections/section.ts'

/** Gives a file to the browser's downloads. */
export function saveFile({ content, mediaType, fileName }: ExportFile): void {
  const address = URL.createObjectURL(new Blob([content], { type: mediaType }))
  const link = document.createElement('a')
  link.href = address
  link.download = fileName
  link.click()
  URL.revokeObjectURL(address)
}
