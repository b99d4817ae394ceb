// Names that the declarations of @oarlock/automation and @oarlock/types give, by the compiler.
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const files = ['../automation/ctx.d.ts', '../automation/globals.d.ts', '../types/platform.d.ts'].map((path) => fileURLToPath(new URL(path, import.meta.url)));
const program = ts.createProgram(files, { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext, lib: ['lib.es2023.d.ts'], types: [], target: ts.ScriptTarget.ES2022 });
const checker = program.getTypeChecker();

/** @returns {{ always: string[], all: string[] }} names of what an interface, class or type has */
export function declared(/** @type {string} */ name) {
  for (const file of files) {
    const source = program.getSourceFile(file);
    const found = source?.statements.find((one) => (ts.isInterfaceDeclaration(one) || ts.isClassDeclaration(one) || ts.isTypeAliasDeclaration(one)) && one.name?.text === name);
    if (!found) continue;
    const type = checker.getTypeAtLocation(found);
    const properties = checker.getPropertiesOfType(type).filter((one) => !one.name.startsWith('__@'));
    const always = properties.filter((one) => !(one.flags & ts.SymbolFlags.Optional));
    return { always: always.map((one) => one.name).sort(), all: properties.map((one) => one.name).sort() };
  }
  throw new Error(`${name} is not declared`);
}
