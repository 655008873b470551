// What tests use to spoil editions.
export { apply_edits, edits_between, type Edit, type Files } from './edits';
export { mutated, Dice, type Base } from './mutate';
export { sign_edition, sign_manifest, signing_key_from, sign_note, write_log, leaves_of, note_text } from './sign';
export { mutated_excerpt, mutated_reader, reader_base } from './mutate_reader';
