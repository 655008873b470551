// What tests and tools use of the verifier.
export { MemorySource, type Source } from './source';
export { NodeSource } from './node_source';
export { continuation_from } from './continuation';
export { pin_from } from './pin';
export { verify_edition } from './verify';
export { kChecks } from './verdict';
export { failure_text, verdict_text } from './report';
