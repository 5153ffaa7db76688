/** A task's title without its type, where the type is clear: "Media plan: Spring" is "Spring". */
export function plainTitle({ title }: { title: string }): string {
  return title.replace(/^[^:]{1,40}: /, '')
}
