// What tests and tools use of the verifier.
export { MemorySource, type Source } from './source';
export { NodeSource } from './node_source';
export { continuation_from } from './continuation';
export { pin_from } from './pin';
export { verify_edition } from './verify';
export { kChecks } from './verdict';
export { failure_text, verdict_text } from './report';
export { RememberedHeads } from './heads';
export { fork_from } from './fork';
export { verify_excerpt } from './excerpt';
export { certificate_from } from './certificate';
export { check_token, token_in } from './time_token';
export { ots_from } from './ots';
export { Malformed } from './bytes';
export { Hasher, hmac_sha256, sha256 } from './digest';
export { js_compression } from './sha256_js';
export { kStart, wasm_compression } from './sha256_wasm';
