// TypeScript 6 and newer look for the types of a stylesheet that a module imports.
// oxlint-disable-next-line unicorn/require-module-specifiers -- it makes this file a module
export {}
