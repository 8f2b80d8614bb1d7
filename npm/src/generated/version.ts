// Written by `cargo xtask codegen` from bindings/core. Do not edit.

/** Version of the package. */
export const VERSION = '0.1.0';
