/** What an idea that starts from a product may become. */
export const PRODUCT_IDEA_KINDS = ['campaign', 'content', 'promotion', 'partnership', 'event', 'bundle'] as const
export type ProductIdeaKind = (typeof PRODUCT_IDEA_KINDS)[number]
