#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "cli/arguments.h"
#include "pipeline/pipeline.h"

namespace gavah::cli {

inline constexpr int kDone = 0;
inline constexpr int kAnswerIsNo = 1;
inline constexpr int kBadUsage = 2;

/// Whether a command parses what came from outside, and where.
enum class Parsing {
  none,
  confined,    ///< in workers that can open nothing
  unconfined,  ///< in this process, because a person said so
};

/// One command of `gavah`. `run` gives the exit status; an error is printed and mapped by main.
class Command {
 public:
  virtual ~Command() = default;
  virtual std::string_view name() const = 0;
  virtual std::string_view summary() const = 0;
  /// A whole line a person can type.
  virtual std::string_view example() const = 0;
  virtual void declare(Arguments& arguments) = 0;
  /// Asked once the arguments are known, before run().
  virtual Parsing parsing() const { return Parsing::none; }
  virtual Result<int> run(pipeline::World& world) = 0;
};

std::unique_ptr<Command> init_command();
std::unique_ptr<Command> add_command();
std::unique_ptr<Command> derive_command();
std::unique_ptr<Command> rebuild_command();
std::unique_ptr<Command> shred_command();
std::unique_ptr<Command> backup_command();
std::unique_ptr<Command> restore_command();
std::unique_ptr<Command> status_command();
std::unique_ptr<Command> list_command();
std::unique_ptr<Command> show_command();
std::unique_ptr<Command> source_command();
std::unique_ptr<Command> decide_command();
std::unique_ptr<Command> publish_command();
std::unique_ptr<Command> excerpt_command();
std::unique_ptr<Command> pin_command();
std::unique_ptr<Command> stamp_command();
std::unique_ptr<Command> verify_command();
std::unique_ptr<Command> cosign_command();
std::unique_ptr<Command> witness_command();
std::unique_ptr<Command> rotate_command();
std::unique_ptr<Command> export_command();
std::unique_ptr<Command> serve_command();
std::unique_ptr<Command> extract_command();
std::unique_ptr<Command> code_command();
std::unique_ptr<Command> codebook_command();
std::unique_ptr<Command> gazetteer_command();
std::unique_ptr<Command> link_command();

/// The passphrase of a protected chronicle: the first line of $GAVAH_PASSPHRASE_FILE where set, else asked for on the
/// terminal without echo. `unavailable` when there is neither.
Result<std::string> ask_passphrase(std::string_view prompt);
/// A passphrase to be, asked for twice; the first line of $GAVAH_NEW_PASSPHRASE_FILE where set. invalid_input when the
/// two differ.
Result<std::string> ask_other_passphrase(std::string_view prompt);

/// Prints one line of progress on standard error, over the last one; nothing when that is no terminal.
void show_progress(std::string_view line);
/// Ends the line that show_progress wrote.
void end_progress();

/// Prints to standard output. When its reader went away the program ends by SIGPIPE, and with status 4 and a complaint
/// when it cannot be written to.
void print(std::string_view text);
void print_line(std::string_view text);
/// Hands over what is still in the buffer, or ends likewise.
void finish_output();
void complain(std::string_view text);

/// Declares "--unconfined", which a person must say to have files parsed without protection.
void declare_unconfined(Arguments& arguments, bool& unconfined);

/// The exit status that stands for an error.
int status_of(ErrorCode code);

}  // namespace gavah::cli
