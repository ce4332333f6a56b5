//! Runs a plan: budget, concurrency, deadlines, cancellation, progress events.
