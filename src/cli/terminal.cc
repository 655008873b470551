#include <termios.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include "base/disk.h"
#include "base/format.h"
#include "cli/command.h"

namespace gavah::cli {
namespace {

/// Turns the terminal's echo off while it lives.
class Silence {
 public:
  explicit Silence(int terminal) : terminal_(terminal) {
    silent_ = ::tcgetattr(terminal_, &before_) == 0;
    if (!silent_) return;
    termios quiet = before_;
    quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    ::tcsetattr(terminal_, TCSAFLUSH, &quiet);
  }
  Silence(const Silence&) = delete;
  Silence& operator=(const Silence&) = delete;
  ~Silence() {
    if (silent_) ::tcsetattr(terminal_, TCSAFLUSH, &before_);
  }

 private:
  int terminal_;
  bool silent_ = false;
  termios before_{};
};

std::string first_line(std::string text) {
  text.resize(std::min(text.size(), text.find('\n')));
  return text;
}

bool stderr_is_terminal() {
  static const bool kIsTerminal = ::isatty(STDERR_FILENO) == 1;
  return kIsTerminal;
}

/// What the variable names a file for, else a line typed without echo.
Result<std::string> ask_secret(std::string_view prompt, const char* variable) {
  if (const char* file = std::getenv(variable)) {
    RealDisk disk;
    GAVAH_ASSIGN_AS(std::string text, disk.read(file), "reading the passphrase file");
    return first_line(std::move(text));
  }
  if (::isatty(STDIN_FILENO) != 1) {
    return fail(ErrorCode::unavailable,
                format("a passphrase is needed: run on a terminal, or name a file that holds it in {}", variable));
  }
  std::fprintf(stderr, "%.*s: ", static_cast<int>(prompt.size()), prompt.data());
  const Silence silence(STDIN_FILENO);
  std::string line;
  for (int c = std::getchar(); c != EOF && c != '\n'; c = std::getchar()) line.push_back(static_cast<char>(c));
  std::fputc('\n', stderr);
  if (line.empty()) return fail(ErrorCode::invalid_input, "an empty passphrase protects nothing");
  return line;
}

/// Ends a program whose answer cannot be written. Nothing is torn down: other threads may be at work on what that would
/// take from them. When the reader went away ("| head") it ends by SIGPIPE, as other tools do: a status of its own
/// would say that the answer is yes or no, and nobody has heard the answer.
[[noreturn]] void end_unheard() {
  if (errno == EPIPE) {
    std::signal(SIGPIPE, SIG_DFL);
    std::raise(SIGPIPE);
  }
  complain(std::string("the answer could not be written: ") + std::strerror(errno));
  std::_Exit(status_of(ErrorCode::unavailable));
}

constexpr const char* kNewPassphraseFile = "GAVAH_NEW_PASSPHRASE_FILE";

}  // namespace

Result<std::string> ask_passphrase(std::string_view prompt) { return ask_secret(prompt, "GAVAH_PASSPHRASE_FILE"); }

Result<std::string> ask_other_passphrase(std::string_view prompt) {
  GAVAH_ASSIGN(std::string first, ask_secret(prompt, kNewPassphraseFile));
  if (std::getenv(kNewPassphraseFile) != nullptr) return first;
  GAVAH_ASSIGN(const std::string again, ask_secret("The same again", kNewPassphraseFile));
  if (first != again) return fail(ErrorCode::invalid_input, "the two passphrases differ");
  return first;
}

void show_progress(std::string_view line) {
  if (stderr_is_terminal()) std::fprintf(stderr, "\r\033[K%.*s", static_cast<int>(line.size()), line.data());
}

void end_progress() {
  if (stderr_is_terminal()) std::fputs("\r\033[K", stderr);
}

void print(std::string_view text) {
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size()) end_unheard();
}

void finish_output() {
  if (std::fflush(stdout) != 0) end_unheard();
}

void print_line(std::string_view text) {
  print(text);
  print("\n");
}

void complain(std::string_view text) {
  std::fprintf(stderr, "gavah: %.*s\n", static_cast<int>(text.size()), text.data());
}

int status_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::unavailable:
    case ErrorCode::fatal:
      return 4;
    case ErrorCode::invalid_input:
    case ErrorCode::not_found:
    case ErrorCode::corrupt:
    case ErrorCode::refused:
      break;
  }
  return 3;
}

}  // namespace gavah::cli
