//! From evidence to causes: pure functions, no clock, no randomness, no input or output.
