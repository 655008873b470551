#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace gavah::cli {

/// Declares the arguments of one command. Targets must outlive parsing; what is not given keeps its value.
class Arguments {
 public:
  virtual ~Arguments() = default;
  /// A required word at the next position.
  virtual void word(const std::string& name, std::string& target, const std::string& help) = 0;
  /// A word that may be left out.
  virtual void optional_word(const std::string& name, std::string& target, const std::string& help) = 0;
  /// All words that remain; at least `at_least` of them.
  virtual void words(const std::string& name, std::vector<std::string>& target, std::size_t at_least,
                     const std::string& help) = 0;
  /// "--name TEXT".
  virtual void option(const std::string& name, std::string& target, const std::string& help) = 0;
  /// "--name TEXT", any number of times.
  virtual void options(const std::string& name, std::vector<std::string>& target, const std::string& help) = 0;
  virtual void number(const std::string& name, std::uint64_t& target, const std::string& help) = 0;
  /// "--name": sets the target.
  virtual void flag(const std::string& name, bool& target, const std::string& help) = 0;
};

class Command;

/// What the words of the command line came to.
struct Parsed {
  Command* command = nullptr;  ///< to run; null when `status` already says all
  int status = 0;              ///< 0 after --help or --version, 2 after bad usage; what to say was printed
};

/// Parses `arguments` (without the program's name) for the command it names.
Parsed parse(const std::vector<std::unique_ptr<Command>>& commands, std::vector<std::string> arguments);

}  // namespace gavah::cli
