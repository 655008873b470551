#include "cli/arguments.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>

#include "cli/command.h"

namespace gavah::cli {
namespace {

class CliArguments final : public Arguments {
 public:
  explicit CliArguments(CLI::App& app) : app_(app) {}
  void word(const std::string& name, std::string& target, const std::string& help) override {
    app_.add_option(name, target, help)->required();
  }
  void optional_word(const std::string& name, std::string& target, const std::string& help) override {
    app_.add_option(name, target, help);
  }
  void words(const std::string& name, std::vector<std::string>& target, std::size_t at_least,
             const std::string& help) override {
    auto* option = app_.add_option(name, target, help);
    if (at_least > 0) option->required()->expected(static_cast<int>(at_least), CLI::detail::expected_max_vector_size);
  }
  void option(const std::string& name, std::string& target, const std::string& help) override {
    app_.add_option(name, target, help)->type_name("TEXT");
  }
  void options(const std::string& name, std::vector<std::string>& target, const std::string& help) override {
    app_.add_option(name, target, help)->allow_extra_args(false)->type_name("TEXT");
  }
  void number(const std::string& name, std::uint64_t& target, const std::string& help) override {
    app_.add_option(name, target, help)->capture_default_str();
  }
  void flag(const std::string& name, bool& target, const std::string& help) override {
    app_.add_flag(name, target, help);
  }

 private:
  CLI::App& app_;
};

}  // namespace

Parsed parse(const std::vector<std::unique_ptr<Command>>& commands, std::vector<std::string> arguments) {
  CLI::App app("gavah: reports of protest and repression, turned into a record that a stranger can check");
  app.name("gavah");
  app.require_subcommand(1);
  app.set_version_flag("--version", std::string(pipeline::kProgramName));
  app.footer("Exit status: 0 done, 1 the answer is no, 2 bad usage, 3 bad input, 4 the environment failed.");
  std::vector<CLI::App*> subcommands;
  for (const auto& command : commands) {
    CLI::App* sub = app.add_subcommand(std::string(command->name()), std::string(command->summary()));
    sub->footer("Example: " + std::string(command->example()));
    sub->allow_windows_style_options(false);
    CliArguments declared(*sub);
    command->declare(declared);
    subcommands.push_back(sub);
  }
  try {
    std::ranges::reverse(arguments);  // CLI11 takes the words last first
    app.parse(arguments);
  } catch (const CLI::ParseError& problem) {
    return {nullptr, app.exit(problem, std::cout, std::cerr) == 0 ? kDone : kBadUsage};
  }
  for (std::size_t i = 0; i < commands.size(); ++i) {
    if (subcommands[i]->parsed()) return {commands[i].get(), kDone};
  }
  return {nullptr, kBadUsage};
}

}  // namespace gavah::cli
