// TypeScript 6 and newer look for the types of a stylesheet that a module imports.
export {}
