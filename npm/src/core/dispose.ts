/** `Symbol.dispose`, where TypeScript and the runtime know it: `using hasher = createBlake3()`. */
export type Disposing = SymbolConstructor extends { readonly dispose: infer Dispose extends symbol }
  ? { readonly [key in Dispose]: () => void }
  : unknown;

/** Makes `using` release an object, or all that have it as their prototype, where the runtime knows it. */
export function releasedByUsing(object: { release(): void }): void {
  const { dispose } = Symbol as { dispose?: symbol };
  if (dispose) Object.defineProperty(object, dispose, { value: object.release });
}
