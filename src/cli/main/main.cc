#include <malloc.h>

#include <csignal>
#include <cstdio>
#include <exception>

#include "cli/command.h"

namespace {

using namespace gavah::cli;

std::vector<std::unique_ptr<Command>> all_commands() {
  std::vector<std::unique_ptr<Command>> commands;
  for (auto make :
       {init_command,     add_command,       derive_command,  status_command,  list_command,    show_command,
        source_command,   decide_command,    publish_command, verify_command,  excerpt_command, pin_command,
        stamp_command,    cosign_command,    witness_command, rotate_command,  export_command,  serve_command,
        rebuild_command,  shred_command,     backup_command,  restore_command, extract_command, code_command,
        codebook_command, gazetteer_command, link_command}) {
    commands.push_back(make());
  }
  return commands;
}

/// Before any key is opened: what workers are forked from must not have seen one.
void prepare(gavah::pipeline::SystemWorld& world, Parsing parsing) {
  if (parsing == Parsing::confined) world.start_workers();
  if (parsing == Parsing::unconfined) {
    complain("files are read without protection, in the process that holds the keys, as --unconfined says");
    world.forgo_workers();
  }
}

/// Memory that a page took serves the next one: given back to the system after each, it is cleared and mapped anew,
/// here and in the workers. A process keeps at most so much that it does not use.
void keep_freed_memory() {
  constexpr int kKeptBytes = 16 << 20;
  constexpr int kMappedApartBytes = 8 << 20;
  mallopt(M_TRIM_THRESHOLD, kKeptBytes);
  mallopt(M_MMAP_THRESHOLD, kMappedApartBytes);
}

int run(int count, char** words) {
  keep_freed_memory();
  const auto commands = all_commands();
  const Parsed parsed = parse(commands, {words + 1, words + count});
  if (parsed.command == nullptr) return parsed.status;
  gavah::pipeline::SystemWorld world;
  prepare(world, parsed.command->parsing());
  const auto status = parsed.command->run(world);
  end_progress();
  finish_output();
  if (status) return *status;
  complain(status.error().sentence());
  return status_of(status.error().code);
}

}  // namespace

int main(int count, char** words) {
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);  // a file-size limit then gives an error like a full disk
  try {
    return run(count, words);
  } catch (const std::bad_alloc&) {
    complain("out of memory");
  } catch (const std::exception& problem) {
    complain(problem.what());
  }
  return 4;
}
